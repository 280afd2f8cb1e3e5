update group_news set details = ? where app_id = ? and group_id = ? and number = ?
