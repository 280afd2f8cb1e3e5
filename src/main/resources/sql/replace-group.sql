update chat_group set name = ?, owner = ?, attributes = ?, attributes_size = ?, updated_on = ? where app_id = ? and group_id = ?
