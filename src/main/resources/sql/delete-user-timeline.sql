delete from timeline
where app_id = ? and timeline_of = ? and message_key in (select * from unnest(cast(? as bigint array)))
