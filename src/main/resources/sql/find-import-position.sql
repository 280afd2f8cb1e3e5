select line, offset_bytes, stored, refused, refused_bytes, report_bytes from import_position where source = ?
