select a.user_id, p.online, p.last_seen
from unnest(cast(? as varchar array)) as a (user_id)
left join presence p on p.app_id = ? and p.user_id = a.user_id
where ? or a.user_id = ? or exists (
    select 1 from conversation c where c.app_id = ? and c.timeline_of = ? and c.convers_with = a.user_id)
