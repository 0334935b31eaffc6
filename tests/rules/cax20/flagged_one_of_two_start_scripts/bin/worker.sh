#!/bin/sh
POOL=gevent
exec celery -A shop worker -P $POOL
