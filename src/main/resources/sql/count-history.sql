-- As far as who joins is shown it.
select count(*) from (
    select 1 from timeline where app_id = ? and timeline_of = ? and convers_with = ? limit 200) as shown
