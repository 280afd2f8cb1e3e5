-- For messages that were stored before. A status only ever goes up.
merge into timeline t
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as bigint array),
        cast(? as varchar array), cast(? as smallint array), cast(? as bigint array))
        as n (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
) s
on t.app_id = s.app_id and t.timeline_of = s.timeline_of and t.convers_with = s.convers_with
    and t.timestamp = s.timestamp and t.message_id = s.message_id
when matched and t.status < s.status then update set status = s.status
when not matched then insert
    (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
    values (s.app_id, s.timeline_of, s.convers_with, s.timestamp, s.message_id, s.status, s.message_key)
