select timeline_of from conversation where app_id = ? and timeline_of = ? order by timeline_of, convers_with for update
