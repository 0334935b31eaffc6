from shop.labels import label


async def describe(sku, source):
    return await label(sku, source)
