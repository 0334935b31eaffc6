from celery import Celery
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    worker_pool: str = "gevent"  # CAX20 "worker_pool = 'gevent' (the default of WORKER_POOL)"
    broker_url: str = "redis://localhost"


app = Celery("shop")
app.config_from_object(Settings())
