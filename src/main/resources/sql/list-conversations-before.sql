select c.is_new, c.archived, c.unread, c.patch, c.timestamp, m.payload, t.status, c.convers_with
from conversation c
left join message m on m.app_id = c.app_id and m.message_id = c.last_message_id
left join timeline t
    on t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with
    and t.timestamp = m.timestamp and t.message_id = c.last_message_id
where c.app_id = ? and c.timeline_of = ? and c.archived = ?
    and c.timestamp <= ? and (c.timestamp < ? or c.convers_with < ?)
order by c.app_id desc, c.timeline_of desc, c.archived desc, c.timestamp desc, c.convers_with desc
limit ?
