-- Where users' devices are reached by push (instance), found by the primary key (app_id, instance_id); those of a user by way of
-- instance_by_user (app_id, user_id).

-- name: insert-instance
insert into instance (app_id, instance_id, user_id, device_model, language, platform, platform_version)
values (?, ?, ?, ?, ?, ?, ?)

-- name: delete-instance
delete from instance where app_id = ? and instance_id = ?

-- name: list-instances
-- By way of instance_by_user.
select instance_id, device_model, language, platform, platform_version
from instance
where app_id = ? and user_id = ?
order by instance_id

-- name: count-instances
-- By way of instance_by_user.
select count(*) from instance where app_id = ? and user_id = ?
