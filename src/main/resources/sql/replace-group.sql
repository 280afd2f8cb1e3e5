update chat_group set name = ?, owner = ?, attributes = ?, updated_on = ? where app_id = ? and group_id = ?
