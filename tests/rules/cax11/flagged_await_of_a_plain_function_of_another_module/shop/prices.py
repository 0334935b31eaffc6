from shop.labels import label


async def describe(sku):
    return await label(sku)  # CAX11
