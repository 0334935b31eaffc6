"""What asyncio, Celery and the clients mean: the tables of the catalogue and the questions asked of one value."""
