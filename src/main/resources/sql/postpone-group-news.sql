update group_news set due_on = ?, tries = ? where app_id = ? and group_id = ? and number = ?
