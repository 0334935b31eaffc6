"""One file's facts. This package knows Python; it knows nothing of Celery or asyncio."""
