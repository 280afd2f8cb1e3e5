delete from client_message
where app_id = ? and sender = ? and client_message_id = ? and not exists (
    select 1 from message m where m.app_id = client_message.app_id and m.message_id = client_message.message_id)
