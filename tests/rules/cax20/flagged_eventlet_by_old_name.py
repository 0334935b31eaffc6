from celery import Celery


class Config:
    BROKER_URL = "redis://localhost"
    CELERYD_POOL = "eventlet"  # CAX20@5 "CELERYD_POOL = 'eventlet'"


app = Celery("shop")
app.config_from_object(Config)
