"""An editor that speaks to python-lsp-server: flake8 gets the buffer over stdin, the rest of the project from disk."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shared import TASKS, needs, write_service

SECONDS = 60
"""The longest wait for an answer; it comes after two or three."""
QUIET = "import asyncio\n\nfrom celery import shared_task\n\n\n@shared_task\ndef refresh():\n    return 1\n"


class Server:
    """A running language server, spoken to as editors do (JSON-RPC over its standard streams)."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._received: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            size = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._received.put(json.loads(stream.read(size)))

    def send(self, method: str, parameters: object, number: int | None = None) -> None:
        message: dict[str, object] = {"jsonrpc": "2.0", "method": method, "params": parameters}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def wait(self, key: str, value: object) -> dict[str, Any]:
        """Return the next message that has this value under a key."""
        until = time.monotonic() + SECONDS
        while True:
            message = self._received.get(timeout=max(until - time.monotonic(), 0.001))
            if message.get(key) == value:
                return message

    def findings(self, version: int) -> list[str]:
        """Return the plugin's diagnostics of a version of the open document: ``CAX03 on line 10``."""
        while True:
            published = self.wait("method", "textDocument/publishDiagnostics")["params"]
            if published.get("version", version) == version:
                return [
                    f"{found['code']} on line {found['range']['start']['line'] + 1}"
                    for found in published["diagnostics"]
                    if str(found.get("code", "")).startswith("CAX")
                ]


@contextmanager
def running(root: Path) -> Iterator[Server]:
    """A language server for a folder, with flake8 as its only linter."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    process = subprocess.Popen(
        [sys.executable, "-m", "pylsp"],
        cwd=root,
        env={**os.environ, "PATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(process)
        server.send("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}}, 1)
        server.wait("id", 1)
        server.send("initialized", {})
        others = {name: {"enabled": False} for name in ("pycodestyle", "pyflakes", "mccabe", "pylint")}
        plugins = {**others, "flake8": {"enabled": True}}
        server.send("workspace/didChangeConfiguration", {"settings": {"pylsp": {"plugins": plugins}}})
        yield server
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    needs("pylsp")
    write_service(tmp_path)
    with running(tmp_path) as server:
        yield server


def test_finding_follows_the_buffer(tmp_path: Path, server: Server) -> None:
    """The file on disk has the finding at line 10; the buffer has it elsewhere, then not, then again."""
    uri = (tmp_path / "app" / "tasks.py").as_uri()
    unsaved = TASKS.replace("import asyncio\n", "import asyncio\nimport logging\n")
    document = {"uri": uri, "languageId": "python", "version": 1, "text": unsaved}
    server.send("textDocument/didOpen", {"textDocument": document})
    assert server.findings(1) == ["CAX03 on line 11"]
    for version, text, expected in ((2, QUIET, []), (3, TASKS, ["CAX03 on line 10"])):
        changed = {"uri": uri, "version": version}
        server.send("textDocument/didChange", {"textDocument": changed, "contentChanges": [{"text": text}]})
        assert server.findings(version) == expected
    assert (tmp_path / "app" / "tasks.py").read_text(encoding="utf-8") == TASKS
