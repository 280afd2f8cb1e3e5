-- Those in anybody's inbox, the group's own among them.
select distinct message_key from timeline where app_id = ? and convers_with = ?
