select node, count(*) from queue_owner
where node is not null and queue in (select * from unnest(cast(? as varchar array)))
group by node
