select distinct message_key from timeline where app_id = ? and timeline_of = ?
