select coalesce(sum(unread), 0)
from conversation
where app_id = ? and timeline_of = ? and archived = false
