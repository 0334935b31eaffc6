"""The worker of a program that has a Celery app of its own, which keeps its other settings."""

from __future__ import annotations

import json
from pathlib import Path

from tasks import app

settings = json.loads(Path("settings.json").read_text(encoding="utf-8"))
app.conf.imports = settings["imports"]
app.conf.broker_url = settings["broker_url"]
app.conf.broker_transport_options = settings["broker_transport_options"]
app.conf.broker_connection_retry_on_startup = True
app.conf.result_backend = settings["result_backend"]
