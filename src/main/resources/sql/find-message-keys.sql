-- Who wants to delete one of them waits until this transaction has ended, and then deletes what it has added too.
select m.app_id, m.message_id, m.message_key
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, message_id)
join message m on m.app_id = k.app_id and m.message_id = k.message_id
for update
