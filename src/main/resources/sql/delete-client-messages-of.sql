-- What a client gave an id may be sent under it anew once it is gone.
delete from client_message
where app_id = ? and (sender, message_id) in (
    select m.sender, m.message_id
    from message m
    where m.message_key in (select * from unnest(cast(? as bigint array))))
