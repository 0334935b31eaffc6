from concurrent.futures import ProcessPoolExecutor

from celery import shared_task

from app.ml.tasks import embed


def wait_for(task_id: str) -> list[float]:
    return embed.AsyncResult(task_id).get(timeout=30)


@shared_task
def index(text: str) -> list[float]:
    result = embed.delay(text)
    with ProcessPoolExecutor(1) as pool:
        pool.submit(result.get, timeout=30)
        return pool.submit(wait_for, result.id).result()


@shared_task
def hand_out(text: str, jobs: list) -> None:
    result = embed.delay(text)
    jobs.append(result.get)
