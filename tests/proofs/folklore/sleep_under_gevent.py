from __future__ import annotations

import time

from celery import shared_task

here = 0


@shared_task
def rest() -> str:
    global here
    here += 1
    for _ in range(600):
        if here == 4:
            return "all four at once"
        time.sleep(0.05)
    return "alone"
