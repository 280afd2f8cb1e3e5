-- Who wants to take a queue over waits until this transaction has ended.
select queue, epoch from queue_owner
where queue in (select * from unnest(cast(? as varchar array)))
order by queue
for update
