update mqtt_client set admin = ?, expires_at = ?, last_seen = ? where client_id = ?
