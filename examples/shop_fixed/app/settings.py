"""Settings of the shop. Everything runs on a data folder beside the package; SHOP_DATA moves it."""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(os.environ.get("SHOP_DATA") or Path(__file__).resolve().parent.parent / ".data").resolve()
QUEUE = DATA / "broker" / "queue"
CONTROL = DATA / "broker" / "control"
PROCESSED = DATA / "broker" / "processed"
RESULTS = DATA / "results"
REPORTS = DATA / "reports"
LABELS = DATA / "labels"

for folder in (QUEUE, CONTROL, PROCESSED, RESULTS, REPORTS, LABELS):
    folder.mkdir(parents=True, exist_ok=True)

PORT = int(os.environ.get("SHOP_PORT", "8000"))
# The payment provider, the warehouse and the others. By default the stand-ins of app/sandbox.py answer.
PARTNERS_URL = os.environ.get("SHOP_PARTNERS_URL", f"http://127.0.0.1:{PORT}/sandbox")

DATABASE = (DATA / "shop.sqlite3").as_posix()
DATABASE_URL = f"sqlite:///{DATABASE}"
ASYNC_DATABASE_URL = f"sqlite+aiosqlite:///{DATABASE}"

CELERY = {
    "broker_url": "filesystem://",
    "result_backend": f"file://{RESULTS.as_posix()}",
    "broker_transport_options": {
        "data_folder_in": str(QUEUE),
        "data_folder_out": str(QUEUE),
        "control_folder": str(CONTROL),
        "processed_folder": str(PROCESSED),
        "store_processed": True,
        "polling_interval": 0.05,
    },
    "broker_connection_retry_on_startup": True,
}
