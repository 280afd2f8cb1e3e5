merge into queue_owner o
using (select cast(? as varchar(255)) as queue, cast(? as varchar(255)) as node) s
on o.queue = s.queue
when matched then update set epoch = o.epoch + 1, node = s.node
when not matched then insert (queue, epoch, node) values (s.queue, 1, s.node)
