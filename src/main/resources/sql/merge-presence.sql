merge into presence p
using (
    select cast(? as varchar(128)) as app_id, cast(? as varchar(128)) as user_id, cast(? as boolean) as online,
        cast(? as bigint) as last_seen
) s
on p.app_id = s.app_id and p.user_id = s.user_id
when matched then update set online = s.online, last_seen = s.last_seen
when not matched then insert (app_id, user_id, online, last_seen)
    values (s.app_id, s.user_id, s.online, s.last_seen)
