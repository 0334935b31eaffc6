from celery import Celery
from celery.signals import worker_process_init

app = Celery("shop", broker="redis://localhost")
app.conf.worker_pool = "threads"


@worker_process_init.connect(sender=None)
def start_tracing(**kwargs: object) -> None:  # CAX14@1 "threads" "app/flagged_process_init_under_configured_threads.py:5"
    from opentelemetry.instrumentation.celery import CeleryInstrumentor

    CeleryInstrumentor().instrument()
