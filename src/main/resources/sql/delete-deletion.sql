delete from deletion where what = ?
