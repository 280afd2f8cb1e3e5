-- What has gone on since the export is newer and stays: a conversation changes only where the export knows more.
merge into conversation c
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as bigint array), cast(? as boolean array), cast(? as boolean array), cast(? as integer array),
        cast(? as varchar array))
        as n (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, archived, unread, patch)
) s
on c.app_id = s.app_id and c.timeline_of = s.timeline_of and c.convers_with = s.convers_with
when matched and c.timestamp < s.timestamp then update set
    last_message_id = s.last_message_id, timestamp = s.timestamp, is_new = s.is_new, archived = s.archived,
    unread = s.unread, patch = coalesce(s.patch, c.patch)
when not matched then insert
    (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, archived, unread, patch)
    values (s.app_id, s.timeline_of, s.convers_with, s.last_message_id, s.timestamp, s.is_new, s.archived, s.unread,
        s.patch)
