update import_position
set line = ?, offset_bytes = ?, stored = ?, refused = ?, refused_bytes = ?, report_bytes = ?
where source = ?
