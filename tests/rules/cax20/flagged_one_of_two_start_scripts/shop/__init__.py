from shop.celery import app
