"""A Task class whose base stands in another module; only its own sync method drives the coroutine."""
import time

from asgiref.sync import async_to_sync

from app.tasks.base import BaseAppTask


class SyncReposTask(BaseAppTask):
    def run_impl(self, owner: int) -> int:
        return async_to_sync(self.sync)(owner)

    async def sync(self, owner: int) -> int:
        time.sleep(1)
        return owner
