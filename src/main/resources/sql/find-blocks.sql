select b.app_id, b.blocked_id, b.user_id
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, blocked_id)
join block b on b.app_id = k.app_id and b.blocked_id = k.blocked_id
