"""The Celery app of a program that has none of its own."""

from __future__ import annotations

import json
from pathlib import Path

from celery import Celery

app = Celery("shop")
app.conf.update(json.loads(Path("settings.json").read_text(encoding="utf-8")))
