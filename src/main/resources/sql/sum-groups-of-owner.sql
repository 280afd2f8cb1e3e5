select count(*), coalesce(sum(attributes_size), 0) from chat_group where app_id = ? and owner = ?
