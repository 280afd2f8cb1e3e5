-- A message that its client has sent before is found under the id that it got then.
select m.payload, coalesce(t.status, 100), m.recipient
from message m
left join timeline t
    on t.app_id = m.app_id and t.timeline_of = ? and t.convers_with = m.recipient and t.timestamp = m.timestamp
    and t.message_id = m.message_id
where m.app_id = ? and m.message_id = coalesce((
    select c.message_id from client_message c where c.app_id = ? and c.sender = ? and c.client_message_id = ?), ?)
