from celery import shared_task

from app.mail import render


@shared_task
def build_invoice(order_id: int) -> str:
    return render("invoice", order_id)


@shared_task(bind=True, max_retries=3)
def send_invoice(self, order_id: int) -> None:
    document = build_invoice.delay(order_id).get(timeout=30)  # CAX18@16 "build_invoice.delay()" "in task 'send_invoice'"
    render("mail", document)
