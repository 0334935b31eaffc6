from celery import shared_task

from app.mail import audit, mailer


@shared_task
def welcome(address: str) -> None:
    mailer.send(address)  # CAX11
    audit("welcome")  # CAX11
