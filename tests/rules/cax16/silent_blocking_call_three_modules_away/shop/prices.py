from shop.http import get


class Prices:
    def load(self, sku):
        return get(f"/prices/{sku}").json()
