"""What asyncio, Celery and the clients mean, as tables: data with a source for each row, no logic."""
