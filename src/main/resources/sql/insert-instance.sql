insert into instance (app_id, instance_id, user_id, device_model, language, platform, platform_version)
values (?, ?, ?, ?, ?, ?, ?)
