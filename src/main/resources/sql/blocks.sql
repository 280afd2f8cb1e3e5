-- Who wants nothing from whom (block), found by the primary key (app_id, user_id, blocked_id) or by way of block_by_blocked
-- (app_id, blocked_id, user_id); and who may not send at all (app_ban), found by the primary key (app_id, user_id).

-- name: find-blocks
-- By way of block_by_blocked.
select b.app_id, b.blocked_id, b.user_id
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, blocked_id)
join block b on b.app_id = k.app_id and b.blocked_id = k.blocked_id

-- name: find-blockers
-- By way of block_by_blocked.
-- Who of these wants nothing from a user.
select user_id from block
where app_id = ? and blocked_id = ? and user_id in (select * from unnest(cast(? as varchar array)))

-- name: list-blocks
select blocked_id from block where app_id = :?app and user_id = :?user order by blocked_id

-- name: count-blocks
select count(*) from block where app_id = ? and user_id = ?

-- name: insert-block-once
insert into block (app_id, user_id, blocked_id)
select cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128))
where not exists (select 1 from block where app_id = ? and user_id = ? and blocked_id = ?)

-- name: delete-block
delete from block where app_id = ? and user_id = ? and blocked_id = ?

-- name: find-bans
select b.app_id, b.user_id
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, user_id)
join app_ban b on b.app_id = k.app_id and b.user_id = k.user_id

-- name: find-ban
select 1 from app_ban where app_id = ? and user_id = ?

-- name: list-bans
select user_id from app_ban where app_id = :?app order by user_id

-- name: list-all-bans
select app_id, user_id from app_ban limit ?

-- name: insert-ban-once
insert into app_ban (app_id, user_id)
select cast(? as varchar(128)), cast(? as varchar(128))
where not exists (select 1 from app_ban where app_id = ? and user_id = ?)

-- name: delete-ban
delete from app_ban where app_id = ? and user_id = ?
