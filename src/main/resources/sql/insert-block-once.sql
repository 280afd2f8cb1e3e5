insert into block (app_id, user_id, blocked_id)
select cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128))
where not exists (select 1 from block where app_id = ? and user_id = ? and blocked_id = ?)
