from shop.celery import app


@app.task
async def clean_carts():  # CAX01
    return 1
