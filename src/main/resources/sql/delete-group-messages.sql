delete from message
where app_id = ? and message_id in (
    select t.message_id from timeline t where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?)
