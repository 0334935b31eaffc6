import asyncio

from celery import shared_task

from app.memory import MemoryService

RUNNER = asyncio.Runner()


@shared_task(bind=True)
def read_memory(self, group_id: str, message: str) -> dict:
    async def _run() -> str:
        return await MemoryService().read(group_id, message)

    try:
        import nest_asyncio

        nest_asyncio.apply()  # CAX09@9 "nest_asyncio.apply()" "in task 'read_memory'"
    except ImportError:
        pass
    return {"result": RUNNER.run(_run())}
