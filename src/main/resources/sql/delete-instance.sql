delete from instance where app_id = ? and instance_id = ?
