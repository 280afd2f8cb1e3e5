update mqtt_client set admin = ?, last_seen = ? where client_id = ?
