from celery import Celery

app = Celery("shop", task_cls="shop.base:LoggedTask")
