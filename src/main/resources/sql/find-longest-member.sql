select member_id from group_member where app_id = ? and group_id = ? order by joined_on, member_id limit 1
