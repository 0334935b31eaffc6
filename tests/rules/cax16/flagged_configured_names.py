# options: cax-blocking-calls=legacy_erp.fetch_order,legacy_erp.Client.query
import legacy_erp


async def order(number: int) -> dict:
    client = legacy_erp.Client("erp.example.com")
    lines = client.query("lines", number)  # CAX16@13 "legacy_erp.Client().query()"
    return {"order": legacy_erp.fetch_order(number), "lines": lines}  # CAX16@22 "legacy_erp.fetch_order()"
