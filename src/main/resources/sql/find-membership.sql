select m.member_id is not null
from chat_group g
left join group_member m on m.app_id = g.app_id and m.group_id = g.group_id and m.member_id = ?
where g.app_id = ? and g.group_id = ?
