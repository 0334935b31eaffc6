"""Kombu's transport through files, with messages that are whole when a reader finds them.

Kombu writes a message where the reader looks for it, so a reader can find half of one.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Puts a message into the queue by renaming it."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        part = Path(self.data_folder_out, f"{name}.part")
        part.write_text(dumps(payload), encoding="utf-8")
        os.replace(part, Path(self.data_folder_out, name))


class Transport(filesystem.Transport):
    """The transport to name in ``broker_transport``."""

    Channel = Channel
