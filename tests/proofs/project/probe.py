"""Write down when a task began and ended: its id, the process, and how many descriptors the process had open."""

from __future__ import annotations

import json
import os

from celery.signals import task_postrun, task_prerun


def _note(task_id: str, event: str) -> None:
    # The listing itself holds one descriptor open, each time the same.
    line = {"task": task_id, "event": event, "pid": os.getpid(), "descriptors": len(os.listdir("/dev/fd"))}
    with open("probe.jsonl", "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


@task_prerun.connect
def began(task_id: str, **kwargs: object) -> None:
    _note(task_id, "began")


@task_postrun.connect
def ended(task_id: str, **kwargs: object) -> None:
    _note(task_id, "ended")
