delete from conversation where app_id = ? and timeline_of = ?
