-- As a member or as the owner, in the order in which they are locked.
select group_id from group_member where app_id = ? and member_id = ?
union
select group_id from chat_group where app_id = ? and owner = ?
order by group_id
