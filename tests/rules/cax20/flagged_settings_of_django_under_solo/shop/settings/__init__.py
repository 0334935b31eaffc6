from .base import *

CELERY_WORKER_POOL = "solo"
