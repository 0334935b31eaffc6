"""The text gate: most files mention nothing a rule could speak about, and are neither walked nor judged."""

from __future__ import annotations

from flake8_celery_async.options import Options

_COROUTINES = ("async def", "async_to_sync")
_CELERY = ("_task", ".task", "Task", "signals", "Celery(", "conf")
"""What a file that mentions Celery must mention as well to define tasks, receivers or settings."""


def worth_reading(text: str, options: Options) -> bool:
    """Say whether a file mentions anything a rule could speak about; almost free, and most files do not."""
    if any(word in text for word in _COROUTINES):
        return True
    if "elery" in text and any(word in text for word in _CELERY):
        return True
    return any(name.rpartition(".")[2] in text for name in options.task_decorators)
