select distinct convers_with from timeline where app_id = ? and timeline_of = ? order by convers_with
