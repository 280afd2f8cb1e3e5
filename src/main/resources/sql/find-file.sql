select database_path()
