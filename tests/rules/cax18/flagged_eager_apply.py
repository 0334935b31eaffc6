from celery import shared_task


@shared_task
def score(user_id: int) -> int:
    return user_id * 2


@shared_task
def score_all(user_ids: list[int]) -> int:
    # apply() runs the task here and now; get() refuses all the same.
    return sum(score.apply(args=[user_id]).get() for user_id in user_ids)  # CAX18 "Never call result.get() within a task"
