update conversation
set is_new = ?, archived = ?, unread = ?, patch = ?
where app_id = ? and timeline_of = ? and convers_with = ?
