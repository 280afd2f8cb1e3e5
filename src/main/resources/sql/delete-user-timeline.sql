delete from timeline where app_id = ? and timeline_of = ?
