update deletion set swept = true where what = ? and deleted_on = ?
