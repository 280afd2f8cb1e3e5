insert into chat_group (app_id, group_id, name, owner, attributes, created_on, updated_on) values (?, ?, ?, ?, ?, ?, ?)
