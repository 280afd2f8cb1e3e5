insert into timeline (app_id, timeline_of, convers_with, timestamp, message_id, status)
select cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as bigint),
    cast(? as varchar(128)), cast(? as smallint)
where not exists (
    select 1 from timeline
    where app_id = ? and timeline_of = ? and convers_with = ? and timestamp = ? and message_id = ?)
