from celery.signals import task_postrun, worker_init

from app.stats.tasks import count_task, warm_up


@task_postrun.connect
def on_done(sender=None, **kwargs) -> None:
    total = count_task.delay(sender.name).get(timeout=5)  # CAX18 "receiver 'on_done'"
    print(total)


@worker_init.connect
def on_start(**kwargs) -> None:
    warm_up.delay().get()  # CAX18 "before it can run a task"
