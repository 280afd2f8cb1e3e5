select count(*) from block where app_id = ? and user_id = ?
