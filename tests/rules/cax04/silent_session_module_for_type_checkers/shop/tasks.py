from __future__ import annotations

from typing import TYPE_CHECKING

from celery import shared_task

if TYPE_CHECKING:
    from shop.http import Labels


@shared_task
def print_label(labels: Labels, sku):
    return f"{labels} {sku}"
