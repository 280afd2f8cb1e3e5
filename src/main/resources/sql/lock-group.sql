select name, owner, attributes, history, created_on, updated_on from chat_group where app_id = ? and group_id = ? for update
