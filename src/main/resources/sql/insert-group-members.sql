insert into group_member (app_id, group_id, member_id)
select cast(? as varchar), cast(? as varchar), m.member_id
from unnest(cast(? as varchar array)) as m (member_id)
