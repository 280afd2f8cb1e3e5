select what, deleted_on from deletion where not swept order by deleted_on limit 10000
