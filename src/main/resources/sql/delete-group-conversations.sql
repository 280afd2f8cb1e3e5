delete from conversation where app_id = ? and convers_with = ?
