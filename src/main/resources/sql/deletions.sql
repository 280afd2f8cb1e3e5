-- What was deleted lately (deletion), found by the primary key (what); the oldest by way of deletion_by_time (deleted_on).

-- name: insert-deletion
insert into deletion (what, deleted_on) values (?, ?)

-- name: delete-deletion
delete from deletion where what = ?

-- name: find-deletions
select d.what, d.deleted_on
from unnest(cast(? as varchar array)) as k (what)
join deletion d on d.what = k.what

-- name: find-deletion-of-ready-message
-- Who came back and is a member since is shown what was said in the group before.
select 1
from deletion d
where d.deleted_on >= ?
    and (d.what = ? or d.what = ? and not exists (
        select 1 from group_member m
        where m.app_id = ? and m.group_id = ? and m.member_id = ? and m.joined_on > d.deleted_on))

-- name: find-newest-deletion
-- By way of deletion_by_time.
select max(deleted_on) from deletion

-- name: list-unswept-deletions
-- By way of deletion_by_time.
select what, deleted_on from deletion where not swept order by deleted_on limit 10000

-- name: mark-deletion-swept
update deletion set swept = true where what = ? and deleted_on = ?

-- name: delete-deletions-before
-- By way of deletion_by_time.
delete from deletion where deleted_on < ?
