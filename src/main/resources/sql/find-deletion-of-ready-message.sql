-- Who came back and is a member since is shown what was said in the group before.
select 1
from deletion d
where d.deleted_on >= ?
    and (d.what = ? or d.what = ? and not exists (
        select 1 from group_member m
        where m.app_id = ? and m.group_id = ? and m.member_id = ? and m.joined_on > d.deleted_on))
