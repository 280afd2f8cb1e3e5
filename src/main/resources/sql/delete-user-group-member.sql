delete from group_member where app_id = ? and member_id = ?
