select timeline_of from conversation where app_id = ? and convers_with = ? order by timeline_of, convers_with for update
