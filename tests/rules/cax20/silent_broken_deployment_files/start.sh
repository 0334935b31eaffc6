celery -A 'shop worker -P gevent
