import asyncio

import celery


class AsyncTask(celery.Task):
    def __call__(self, *args, **kwargs):
        result = super().__call__(*args, **kwargs)
        return asyncio.get_event_loop().run_until_complete(result)
