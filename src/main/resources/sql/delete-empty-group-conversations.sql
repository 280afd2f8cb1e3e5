delete from conversation c
where c.app_id = ? and c.convers_with = ? and not exists (
    select 1 from timeline t
    where t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with)
