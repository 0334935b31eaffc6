"""The Celery application of the shop."""

from __future__ import annotations

from celery import Celery

from app import settings

celery_app = Celery(
    "shop",
    include=["app.orders", "app.payments", "app.invoices", "app.notifications", "app.reports", "app.worker"],
)
celery_app.conf.update(settings.CELERY)
celery_app.conf.task_default_queue = "shop"
