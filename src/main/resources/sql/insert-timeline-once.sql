insert into timeline (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
select cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as bigint),
    message_id, cast(? as smallint), message_key
from message
where app_id = ? and message_id = ? and not exists (
    select 1 from timeline
    where app_id = ? and timeline_of = ? and convers_with = ? and timestamp = ? and message_id = ?)
