import logging

from celery.signals import worker_ready

worker_ready.connect(lambda **kwargs: logging.info("ready"))  # CAX14@1 "the lambda"
