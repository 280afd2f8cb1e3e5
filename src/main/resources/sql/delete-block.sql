delete from block where app_id = ? and user_id = ? and blocked_id = ?
