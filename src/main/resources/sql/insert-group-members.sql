insert into group_member (app_id, group_id, member_id, joined_on)
select cast(? as varchar), cast(? as varchar), m.member_id, cast(? as bigint)
from unnest(cast(? as varchar array)) as m (member_id)
