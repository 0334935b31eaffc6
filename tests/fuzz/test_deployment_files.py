"""The random deployment files by themselves: far more of them than whole projects can be made around."""

from __future__ import annotations

from random import Random

from deployment_files import deployment_files
from flake8_celery_async.project.deployment.files import read
from flake8_celery_async.project.deployment.reading import FAULTY

COUNT = 300


def test_random_files_are_read() -> None:
    random = Random(9)
    tried = started = 0
    while tried < COUNT:
        for path, text in deployment_files(random).items():
            tried += 1
            text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            found = read(path, text)
            started += len(found.commands)
            assert FAULTY not in [unread.reason for unread in found.unread], (path, text[:500])
            lines = [command.line for command in found.commands]
            assert lines == sorted(lines)
            assert all(1 <= line <= len(text.splitlines()) + 1 for line in lines)
            assert found == read(path, text)
    assert started > COUNT  # else the files are too far from right ones to try anything
