select g.group_id, g.name, g.owner
from group_member m
join chat_group g on g.app_id = m.app_id and g.group_id = m.group_id
where m.app_id = ? and m.member_id = ?
order by g.group_id
