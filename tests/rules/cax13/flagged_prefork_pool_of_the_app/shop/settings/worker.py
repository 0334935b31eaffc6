broker_url = "redis://localhost/0"
worker_pool = "prefork"
