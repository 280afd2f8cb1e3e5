-- Groups (chat_group) and their members (group_member), found by the primary keys (app_id, group_id) and (app_id, group_id,
-- member_id); those of an owner by way of chat_group_by_owner (app_id, owner).

-- name: find-groups
select g.app_id, g.group_id, m.member_id
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, group_id)
join chat_group g on g.app_id = k.app_id and g.group_id = k.group_id
left join group_member m on m.app_id = g.app_id and m.group_id = g.group_id

-- name: find-group
select name, owner, attributes, history, created_on, updated_on from chat_group where app_id = ? and group_id = ?

-- name: lock-group
select name, owner, attributes, history, created_on, updated_on from chat_group where app_id = ? and group_id = ? for update

-- name: insert-group
insert into chat_group (app_id, group_id, name, owner, attributes, attributes_size, history, created_on, updated_on)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: update-group
update chat_group set name = ?, owner = ?, attributes = ?, attributes_size = ?, history = ?, updated_on = ?
where app_id = ? and group_id = ?

-- name: list-group-members
select member_id from group_member where app_id = ? and group_id = ? order by member_id

-- name: insert-group-members
insert into group_member (app_id, group_id, member_id, joined_on)
select cast(? as varchar), cast(? as varchar), m.member_id, cast(? as bigint)
from unnest(cast(? as varchar array)) as m (member_id)

-- name: delete-group-member
delete from group_member where app_id = ? and group_id = ? and member_id = ?

-- name: delete-group-members
delete from group_member where app_id = ? and group_id = ?

-- name: find-longest-member
select member_id from group_member where app_id = ? and group_id = ? order by joined_on, member_id limit 1

-- name: find-membership
select m.member_id is not null
from chat_group g
left join group_member m on m.app_id = g.app_id and m.group_id = g.group_id and m.member_id = ?
where g.app_id = ? and g.group_id = ?

-- name: find-groups-with-user
-- Reads all members of the app.
-- As a member or as the owner, in the order in which they are locked.
select group_id from group_member where app_id = ? and member_id = ?
union
select group_id from chat_group where app_id = ? and owner = ?
order by group_id

-- name: list-groups-of-user
-- Reads all members of the app.
select g.group_id, g.name, g.owner
from group_member m
join chat_group g on g.app_id = m.app_id and g.group_id = m.group_id
where m.app_id = ? and m.member_id = ?
order by g.group_id

-- name: sum-groups-of-owner
-- By way of chat_group_by_owner.
select count(*), coalesce(sum(attributes_size), 0) from chat_group where app_id = ? and owner = ?
