-- Who of these wants nothing from a user.
select user_id from block
where app_id = ? and blocked_id = ? and user_id in (select * from unnest(cast(? as varchar array)))
