-- The order in which lists of conversations are read.
create index conversation_newest on conversation (app_id, timeline_of, archived, timestamp, convers_with);
