select b.app_id, b.user_id
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, user_id)
join app_ban b on b.app_id = k.app_id and b.user_id = k.user_id
