-- What was stored lately from a queue (stored_batch), found by the primary key (queue, stored_at, batch_id); and which node
-- stores what comes from a queue (queue_owner), found by the primary key (queue).

-- name: find-stored-batches
select entries from stored_batch where queue = ? order by stored_at, batch_id

-- name: insert-stored-batch
insert into stored_batch (queue, stored_at, batch_id, entries) values (?, ?, ?, ?)

-- name: find-newest-stored-batch
select coalesce(max(stored_at), 0) from stored_batch where queue = ?

-- name: delete-stored-batches
delete from stored_batch where queue = ? and stored_at < ?

-- name: claim-queue
merge into queue_owner o
using (select cast(? as varchar(255)) as queue, cast(? as varchar(255)) as node) s
on o.queue = s.queue
when matched then update set epoch = o.epoch + 1, node = s.node
when not matched then insert (queue, epoch, node) values (s.queue, 1, s.node)

-- name: find-queue-epoch
select epoch from queue_owner where queue = ?

-- name: lock-queue-epochs
-- Who wants to take a queue over waits until this transaction has ended.
select queue, epoch from queue_owner
where queue in (select * from unnest(cast(? as varchar array)))
order by queue
for update

-- name: count-owned-queues
select node, count(*) from queue_owner
where node is not null and queue in (select * from unnest(cast(? as varchar array)))
group by node

-- name: give-up-queue
update queue_owner set node = null where queue = ? and epoch = ?
