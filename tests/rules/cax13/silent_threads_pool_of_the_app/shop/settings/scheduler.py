broker_url = "redis://localhost/0"
beat_max_loop_interval = 10
