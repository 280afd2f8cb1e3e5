insert into chat_group (app_id, group_id, name, owner, attributes, attributes_size, history, created_on, updated_on)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)
