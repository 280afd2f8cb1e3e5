merge into instance i
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
        as n (app_id, instance_id, user_id, device_model, language, platform, platform_version)
) s
on i.app_id = s.app_id and i.instance_id = s.instance_id
when not matched then insert
    (app_id, instance_id, user_id, device_model, language, platform, platform_version)
    values (s.app_id, s.instance_id, s.user_id, s.device_model, s.language, s.platform, s.platform_version)
