insert into app_ban (app_id, user_id)
select cast(? as varchar(128)), cast(? as varchar(128))
where not exists (select 1 from app_ban where app_id = ? and user_id = ?)
