select 1 from conversation where app_id = ? and timeline_of = ? and convers_with = ? for update
