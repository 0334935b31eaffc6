import aiohttp

session = aiohttp.ClientSession()  # CAX04


def label(sku):
    return f"sku-{sku}"
