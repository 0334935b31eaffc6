from shop.prices import Prices


def total(skus):
    prices = Prices()
    return sum(prices.load(sku) for sku in skus)
