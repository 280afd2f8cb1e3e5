delete from timeline
where app_id = ? and convers_with = ? and message_key in (select * from unnest(cast(? as bigint array)))
