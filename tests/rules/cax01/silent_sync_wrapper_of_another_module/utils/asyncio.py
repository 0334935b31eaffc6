import functools

from asgiref.sync import AsyncToSync


def celery_sync(function):
    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        return AsyncToSync(function)(*args, **kwargs)  # CAX02

    return wrapped
