insert into import_position (line, offset_bytes, stored, refused, refused_bytes, report_bytes, source)
values (?, ?, ?, ?, ?, ?, ?)
