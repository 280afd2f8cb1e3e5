-- What the import of an export of MongoDB adds, and how far it has come (import_position), found by the primary key (source).

-- name: import-timeline
-- For messages that were stored before. A status only ever goes up.
merge into timeline t
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as bigint array),
        cast(? as varchar array), cast(? as smallint array), cast(? as bigint array))
        as n (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
) s
on t.app_id = s.app_id and t.timeline_of = s.timeline_of and t.convers_with = s.convers_with
    and t.timestamp = s.timestamp and t.message_id = s.message_id
when matched and t.status < s.status then update set status = s.status
when not matched then insert
    (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
    values (s.app_id, s.timeline_of, s.convers_with, s.timestamp, s.message_id, s.status, s.message_key)

-- name: import-conversations
-- What has gone on since the export is newer and stays: a conversation changes only where the export knows more.
merge into conversation c
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as bigint array), cast(? as boolean array), cast(? as boolean array), cast(? as integer array),
        cast(? as varchar array))
        as n (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, archived, unread, patch)
) s
on c.app_id = s.app_id and c.timeline_of = s.timeline_of and c.convers_with = s.convers_with
when matched and c.timestamp < s.timestamp then update set
    last_message_id = s.last_message_id, timestamp = s.timestamp, is_new = s.is_new, archived = s.archived,
    unread = s.unread, patch = coalesce(s.patch, c.patch)
when not matched then insert
    (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, archived, unread, patch)
    values (s.app_id, s.timeline_of, s.convers_with, s.last_message_id, s.timestamp, s.is_new, s.archived, s.unread,
        s.patch)

-- name: import-instances
merge into instance i
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
        as n (app_id, instance_id, user_id, device_model, language, platform, platform_version)
) s
on i.app_id = s.app_id and i.instance_id = s.instance_id
when not matched then insert
    (app_id, instance_id, user_id, device_model, language, platform, platform_version)
    values (s.app_id, s.instance_id, s.user_id, s.device_model, s.language, s.platform, s.platform_version)

-- name: find-import-position
select line, offset_bytes, stored, refused, refused_bytes, report_bytes from import_position where source = ?

-- name: insert-import-position
insert into import_position (line, offset_bytes, stored, refused, refused_bytes, report_bytes, source)
values (?, ?, ?, ?, ?, ?, ?)

-- name: move-import-position
update import_position
set line = ?, offset_bytes = ?, stored = ?, refused = ?, refused_bytes = ?, report_bytes = ?
where source = ?

-- name: delete-import-position
delete from import_position where source = ?
