"""The worker of a program that has a Celery app of its own."""

from __future__ import annotations

import json
from pathlib import Path

from tasks import app

app.conf.update(json.loads(Path("settings.json").read_text(encoding="utf-8")))
