from shop.celery import app


@app.task
async def clean_carts():
    return 1
