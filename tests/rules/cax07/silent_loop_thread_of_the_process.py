import asyncio
import threading

from celery import Celery

app = Celery("shop")


class LoopThread:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, daemon=True).start()
            return self._loop


THREAD = LoopThread()


async def mail(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@app.task
def mail_user(user_id: int) -> int:
    future = asyncio.run_coroutine_threadsafe(mail(user_id), THREAD.loop())
    try:
        return future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
