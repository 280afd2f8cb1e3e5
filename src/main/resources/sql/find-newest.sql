select c.app_id, c.timeline_of, c.convers_with, c.timestamp, c.last_message_id
from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
    as k (app_id, timeline_of, convers_with)
join conversation c on c.app_id = k.app_id and c.timeline_of = k.timeline_of and c.convers_with = k.convers_with
