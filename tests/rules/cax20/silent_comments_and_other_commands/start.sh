# celery -A shop worker -P gevent
echo "run: celery -A shop worker -P gevent"
celery -A shop.celery beat
