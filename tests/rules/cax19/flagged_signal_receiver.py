import requests
from celery.signals import task_failure


@task_failure.connect
def report_failure(sender=None, exception=None, **kwargs) -> None:
    requests.post("https://alerts.example", json={"task": sender.name})  # CAX19 "task_failure receiver 'report_failure'"
