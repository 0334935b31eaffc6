celery -A shop.celery worker -P prefork &
