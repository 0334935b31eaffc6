celery -A shop.celery worker --pool="$POOL" $OPTIONS
