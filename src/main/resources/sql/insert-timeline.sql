insert into timeline (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
select *
from unnest(
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as bigint array),
    cast(? as varchar array), cast(? as smallint array), cast(? as bigint array))
