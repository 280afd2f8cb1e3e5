select m.payload, t.status, t.timestamp, t.message_id, t.timeline_of, t.convers_with
from message m
join timeline t
    on t.app_id = m.app_id and t.timeline_of = ? and t.convers_with = m.recipient and t.timestamp = m.timestamp
    and t.message_id = m.message_id
where m.app_id = ? and m.message_id = ?
