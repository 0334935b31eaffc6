worker_pool = "solo"  # CAX20@1 "beats -P prefork (run.py:4)"
