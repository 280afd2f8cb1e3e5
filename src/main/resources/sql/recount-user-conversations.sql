-- What came while others were deleted stays, and is what the conversation shows and counts.
update conversation c
set last_message_id = (
        select t.message_id from timeline t
        where t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with
        order by t.timestamp desc, t.message_id desc
        limit 1),
    timestamp = (
        select max(t.timestamp) from timeline t
        where t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with),
    unread = least(c.unread, (
        select count(*) from timeline t join message m on m.message_key = t.message_key
        where t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with
            and m.sender <> c.timeline_of)),
    is_new = (c.is_new and exists (
        select 1 from timeline t join message m on m.message_key = t.message_key
        where t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with
            and m.sender <> c.timeline_of))
where c.app_id = ? and c.timeline_of = ?
