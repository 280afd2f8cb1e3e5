select blocked_id from block where app_id = ? and user_id = ? order by blocked_id
