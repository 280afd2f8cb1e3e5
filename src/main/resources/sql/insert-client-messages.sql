insert into client_message (app_id, sender, client_message_id, message_id)
select *
from unnest(
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
