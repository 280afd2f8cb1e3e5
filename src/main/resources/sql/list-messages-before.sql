-- What is large is left for find-payload, so that nobody holds a page of it at once.
-- All columns of the key are named in the order, so that H2 too reads the key backwards instead of sorting.
select case when octet_length(m.payload) <= 4096 then m.payload end, t.status, t.timestamp, t.message_id, t.message_key
from timeline t
join message m on m.message_key = t.message_key
where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?
    and t.timestamp <= ? and (t.timestamp < ? or t.message_id < ?)
order by t.app_id desc, t.timeline_of desc, t.convers_with desc, t.timestamp desc, t.message_id desc
limit ?
