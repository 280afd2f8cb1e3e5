-- What a client gave an id may be sent under it anew once it is gone.
delete from client_message
where app_id = ? and (sender, message_id) in (
    select m.sender, m.message_id
    from timeline t
    join message m on m.app_id = t.app_id and m.message_id = t.message_id
    where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?)
