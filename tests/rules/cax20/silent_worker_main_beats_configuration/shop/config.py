worker_pool = "solo"
