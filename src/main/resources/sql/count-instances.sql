select count(*) from instance where app_id = ? and user_id = ?
