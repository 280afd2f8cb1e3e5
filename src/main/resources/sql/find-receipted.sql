select m.sender, m.timestamp
from message m
join timeline t
    on t.app_id = m.app_id and t.timeline_of = ? and t.convers_with = ? and t.timestamp = m.timestamp
    and t.message_id = m.message_id
where m.app_id = ? and m.message_id = ?
