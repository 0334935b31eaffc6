from celery import Celery

asks = Celery(broker="redis://localhost")


def look() -> object:
    return asks.control.inspect().active()
