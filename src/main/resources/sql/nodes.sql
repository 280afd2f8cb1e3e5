-- The nodes that share queues (node), found by the primary key (queue, name) or by its beginning; and which of them changes
-- their number, as the owner of a queue (queue_owner).

-- name: delete-nodes-gone
-- A time far ahead was written before the database's clock was set back.
delete from node
where queue = ? and (expires <= current_timestamp or expires > current_timestamp + interval '60' second)

-- name: renew-node
update node set expires = current_timestamp + cast(? as integer) * interval '0.001' second
where queue = ? and name = ?

-- name: insert-node
insert into node (queue, name, partitions, expires)
values (?, ?, ?, current_timestamp + cast(? as integer) * interval '0.001' second)

-- name: delete-node
delete from node where queue = ? and name = ?

-- name: count-nodes
select partitions, count(*) from node where queue = ? and partitions > 0 group by partitions

-- name: claim-change
-- Nobody takes it from a node that is there.
merge into queue_owner o
using (select cast(? as varchar(255)) as queue, cast(? as varchar(255)) as node) s
on o.queue = s.queue
when matched and (o.node is null or o.node = s.node or o.node not in (select n.name from node n where n.expires > current_timestamp))
    then update set epoch = o.epoch + 1, node = s.node
when not matched then insert (queue, epoch, node) values (s.queue, 1, s.node)

-- name: release-change
update queue_owner set node = null where queue = ? and node = ?
