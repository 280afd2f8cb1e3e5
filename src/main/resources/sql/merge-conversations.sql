-- An older message never replaces a newer one, by the order that histories have, but it is new to the reader all the same.
-- What is new stays new until the owner says otherwise.
merge into conversation c
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as bigint array), cast(? as boolean array), cast(? as integer array),
        cast(? as varchar array))
        as n (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, unread, first_message_id)
) s
on c.app_id = s.app_id and c.timeline_of = s.timeline_of and c.convers_with = s.convers_with
when matched then update set
    last_message_id = case
        when s.timestamp > c.timestamp or s.timestamp = c.timestamp and s.last_message_id > c.last_message_id
        then s.last_message_id else c.last_message_id end,
    timestamp = case when s.timestamp > c.timestamp then s.timestamp else c.timestamp end,
    is_new = (c.is_new or s.is_new),
    archived = false,
    unarchived_by = case when c.archived then s.first_message_id else c.unarchived_by end,
    unread = c.unread + s.unread
when not matched then insert
    (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, archived, unread)
    values (s.app_id, s.timeline_of, s.convers_with, s.last_message_id, s.timestamp, s.is_new, false, s.unread)
