from __future__ import annotations

from celery import Task, shared_task


@shared_task(bind=True, max_retries=3)
def fetch(self: Task, feed_id: int) -> int:
    print(f"attempt {self.request.retries}")
    if self.request.retries < 2:
        self.retry(countdown=0)
        print("after retry")
    return self.request.retries
