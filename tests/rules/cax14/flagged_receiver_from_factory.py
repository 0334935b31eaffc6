from celery.signals import task_prerun


def make_receiver(prefix: str):
    def receiver(task_id: str, **kwargs: object) -> None:
        print(prefix, task_id)

    return receiver


task_prerun.connect(make_receiver("before"))  # CAX14@1 "'receiver'"
