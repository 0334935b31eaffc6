def label(sku):
    return {"sku": sku}
