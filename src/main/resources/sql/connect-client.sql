insert into connected_client (app_id, user_id, client_id, since)
select cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as bigint)
where not exists (select 1 from connected_client where app_id = ? and user_id = ? and client_id = ?)
