select d.what, d.deleted_on
from unnest(cast(? as varchar array)) as k (what)
join deletion d on d.what = k.what
