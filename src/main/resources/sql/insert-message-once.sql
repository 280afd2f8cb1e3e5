insert into message (message_key, app_id, message_id, sender, recipient, type, channel, timestamp, payload)
select cast(? as bigint), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)),
    cast(? as varchar(64)), cast(? as varchar(64)), cast(? as bigint), cast(? as varchar(1048576))
where not exists (select 1 from message where app_id = ? and message_id = ?)
