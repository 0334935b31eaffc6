def label(sku, source):
    return source.fetch(sku)
