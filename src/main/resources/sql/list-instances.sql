select instance_id, device_model, language, platform, platform_version
from instance
where app_id = ? and user_id = ?
order by instance_id
