async def refresh(http, sku):
    await http.post(f"/prices/{sku}")
