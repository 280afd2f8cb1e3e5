delete from group_member where app_id = ? and group_id = ?
