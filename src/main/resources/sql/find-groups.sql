select g.app_id, g.group_id, m.member_id
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, group_id)
join chat_group g on g.app_id = k.app_id and g.group_id = k.group_id
left join group_member m on m.app_id = g.app_id and m.group_id = g.group_id
