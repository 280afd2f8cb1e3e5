-- As in list-messages-before.
select case when octet_length(m.payload) <= 4096 then m.payload end, t.status, t.timestamp, t.message_id, t.message_key
from timeline t
join message m on m.message_key = t.message_key
where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?
    and t.timestamp >= ? and (t.timestamp > ? or t.message_id > ?)
order by t.app_id, t.timeline_of, t.convers_with, t.timestamp, t.message_id
limit ?
