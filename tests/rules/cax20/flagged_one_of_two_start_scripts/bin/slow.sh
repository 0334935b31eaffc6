exec celery -A shop worker
