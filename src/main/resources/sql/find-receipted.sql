-- The payload only where its sender's page knows the message by an id of its own.
select m.sender, m.timestamp, case when position('"tempUID":' in m.payload) > 0 then m.payload end
from message m
join timeline t
    on t.app_id = m.app_id and t.timeline_of = ? and t.convers_with = ? and t.timestamp = m.timestamp
    and t.message_id = m.message_id
where m.app_id = ? and m.message_id = ?
