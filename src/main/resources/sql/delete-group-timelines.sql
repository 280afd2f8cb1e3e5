delete from timeline where app_id = ? and convers_with = ?
