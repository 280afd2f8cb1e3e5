-- A row without a payload where the message is gone.
select m.payload
from client_message c
left join message m on m.app_id = c.app_id and m.message_id = c.message_id
where c.app_id = ? and c.sender = ? and c.client_message_id = ?
