insert into message (app_id, message_id, sender, recipient, type, channel, timestamp, payload)
select *
from unnest(
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
    cast(? as varchar array), cast(? as varchar array), cast(? as bigint array), cast(? as varchar array))
