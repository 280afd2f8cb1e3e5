insert into message (message_key, app_id, message_id, sender, recipient, type, channel, timestamp, payload)
select *
from unnest(
    cast(? as bigint array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as bigint array),
    cast(? as varchar array))
