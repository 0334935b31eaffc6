from celery import shared_task


@shared_task
def score(user_id: int) -> int:
    return user_id * 2


@shared_task
def score_all(user_ids: list[int]) -> int:
    # apply() has run the task by then: there is nothing to wait for.
    return sum(score.apply(args=[user_id]).get(disable_sync_subtasks=False) for user_id in user_ids)
