-- Which of these owners have a message in their inbox already.
select o.owner
from unnest(cast(? as varchar array)) as o (owner)
join message m on m.app_id = ? and m.message_id = ?
where exists (
    select 1 from timeline t
    where t.app_id = m.app_id and t.timeline_of = o.owner and t.convers_with = m.recipient
        and t.timestamp = m.timestamp and t.message_id = m.message_id)
