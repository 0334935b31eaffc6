import asyncio

from celery import shared_task
from fastapi import APIRouter

router = APIRouter()
RUNNER = asyncio.Runner()


async def sync_contacts(user_id: str) -> int:
    await asyncio.sleep(0)
    return len(user_id)


@shared_task
def sync_user(user_id: str) -> int:
    return RUNNER.run(sync_contacts(user_id))


@shared_task(bind=True, max_retries=3)
def sync_bound(self, user_id: str) -> int:
    return RUNNER.run(sync_contacts(user_id))


@router.post("/contacts/sync")
async def start_sync(user_id: str) -> dict:
    sync_user(user_id)  # CAX09@5 "task 'sync_user' is called directly in coroutine 'start_sync'" "Runner.run()"
    return {"status": "started"}


@router.post("/contacts/sync-now")
async def sync_now(user_id: str) -> dict:
    sync_user.run(user_id)  # CAX09@5 "task 'sync_user'"
    sync_user.apply(args=(user_id,))  # CAX09@5 "task 'sync_user'"
    sync_bound.apply(args=(user_id,))  # CAX09@5 "task 'sync_bound'"
    await asyncio.to_thread(sync_user, user_id)
    sync_user.delay(user_id)
    return {"status": "done"}
