update mqtt_client set last_seen = ? where client_id = ?
