-- What stands in nobody else's inbox: neither with the peer of a direct message nor in a group's own history.
delete from message m
where m.app_id = ? and m.message_id in (
    select t.message_id
    from timeline t
    where t.app_id = ? and t.timeline_of = ?
        and not exists (
            select 1 from timeline o
            where o.app_id = t.app_id and o.timeline_of = t.convers_with and o.timeline_of <> t.timeline_of
                and o.convers_with in (t.timeline_of, t.convers_with)
                and o.timestamp = t.timestamp and o.message_id = t.message_id))
