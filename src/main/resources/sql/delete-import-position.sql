delete from import_position where source = ?
