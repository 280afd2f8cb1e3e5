-- Whoever has archived a conversation once more has nothing to hear of that it had come back.
select c.app_id, c.timeline_of, c.convers_with, c.unarchived_by
from unnest(
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
    as k (app_id, timeline_of, convers_with, message_id)
join conversation c on c.app_id = k.app_id and c.timeline_of = k.timeline_of and c.convers_with = k.convers_with
where c.unarchived_by = k.message_id and not c.archived
