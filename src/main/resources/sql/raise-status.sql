-- A status only ever goes up.
update timeline
set status = ?
where app_id = ? and timeline_of = ? and convers_with = ? and timestamp = ? and message_id = ? and status < ?
