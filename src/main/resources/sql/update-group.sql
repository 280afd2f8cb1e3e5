update chat_group set name = ?, owner = ?, attributes = ?, attributes_size = ?, history = ?, updated_on = ?
where app_id = ? and group_id = ?
