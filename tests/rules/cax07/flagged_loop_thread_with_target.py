import asyncio
from threading import Thread

from celery import shared_task


def serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()


async def resize(image_id: int) -> int:
    await asyncio.sleep(0)
    return image_id


class Background:
    def submit(self, image_id: int) -> int:
        loop = asyncio.new_event_loop()  # CAX07 "never stopped" "via submit()"
        thread = Thread(target=serve, args=(loop,), daemon=True)
        thread.start()
        future = asyncio.run_coroutine_threadsafe(resize(image_id), loop)
        try:
            return future.result(timeout=30)
        finally:
            future.cancel()


@shared_task
def resize_image(image_id: int) -> int:
    return Background().submit(image_id)
