"""Starts the shop: API, worker and label worker.

``python run.py`` runs until Ctrl-C: data in .data (SHOP_DATA moves it), API on port 8000 (SHOP_PORT).
``python run.py --smoke`` places orders in a new temporary folder, prints what became of them, and ends.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

T = TypeVar("T")
Process = subprocess.Popen[bytes]
HERE = Path(__file__).resolve().parent
STRICT = False  # with True, --smoke exits 1 when anything is not as it should be
ORDERS = 8
WINDOWS = sys.platform == "win32"
QUIET = ["--loglevel=INFO", "--without-mingle", "--without-gossip", "--without-heartbeat"]
TELLING = {
    "api": re.compile(r"^(\w*Error: .*)|(RuntimeWarning: coroutine .*)", re.MULTILINE),
    "worker": re.compile(r"raised unexpected: (.*)|(RuntimeWarning: coroutine .*)"),
    "labels": re.compile(r"raised unexpected: (.*)|(RuntimeWarning: coroutine .*)"),
}


def commands(port: int) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    pool = ["--pool=solo"] if WINDOWS else []  # there is no prefork pool on Windows
    return {
        "api": [*python, "uvicorn", "app.api:app", "--port", str(port), "--log-level", "warning"],
        "worker": [*python, "celery", "-A", "app.celery_app:celery_app", "worker", "-c", "2", *pool, *QUIET],
        "labels": [*python, "celery", "-A", "app.labels:label_app", "worker", "-c", "1", *pool, *QUIET],
    }


def start(command: list[str], env: dict[str, str], log: IO[bytes] | None) -> Process:
    """Starts one process in a group of its own, so that Ctrl-C reaches it only through ``stop``."""
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(command, cwd=HERE, env=env, stdout=log, stderr=log, creationflags=flags)
    return subprocess.Popen(command, cwd=HERE, env=env, stdout=log, stderr=log, start_new_session=True)


def stop(process: Process, patience: float) -> None:
    """Asks a process to end, waits ``patience`` seconds at most, then ends what is left, its children included."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def http(method: str, url: str, body: object = None, timeout: float = 30) -> tuple[int, Any]:
    """Returns the status and the JSON answer (None when the answer is not JSON)."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, None


def wait_for_api(base: str, api: Process, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and api.poll() is None:
        try:
            if http("GET", f"{base}/sandbox/seen", timeout=2)[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the API did not start")


def until(get: Callable[[], T], done: Callable[[T], bool], seconds: float) -> T:
    """Calls ``get`` until ``done`` likes its answer or the time is over; returns the last answer."""
    end = time.monotonic() + seconds
    while not done(answer := get()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def counter(base: str, name: str) -> int:
    return int(http("GET", f"{base}/sandbox/seen")[1].get(name, 0))


def job_state(base: str, task: str) -> str:
    return str(http("GET", f"{base}/days/jobs/{task}")[1]["state"])


def smoke(base: str, data: Path) -> bool:
    """Uses the whole service once. Prints each outcome beside what it should be; True when all are right."""
    ids = []
    for number in range(ORDERS):
        lines = [{"sku": f"book-{number}", "quantity": 1, "price_cents": 2500}]
        if number >= ORDERS // 2:
            lines.append({"sku": f"lamp-{number}", "quantity": 2, "price_cents": 4000})
        ids.append(http("POST", f"{base}/orders", {"customer": f"customer {number}", "lines": lines})[1]["id"])

    waiter = threading.Thread(target=http, args=("GET", f"{base}/orders/{ids[-1]}/wait"))
    waiter.start()
    slowest = 0.0
    while waiter.is_alive():
        before = time.monotonic()
        http("GET", f"{base}/sandbox/seen")
        slowest = max(slowest, time.monotonic() - before)
        time.sleep(0.02)

    def orders() -> list[dict[str, Any]]:
        return [http("GET", f"{base}/orders/{order_id}")[1] for order_id in ids]

    final = until(orders, lambda found: all(order["status"] in ("shipped", "failed") for order in found), 60)
    seen = http("GET", f"{base}/sandbox/seen")[1]
    labels = until(lambda: len(list((data / "labels").glob("*.txt"))), lambda n: n >= ORDERS, 5)

    today = date.today().isoformat()
    states = {}
    for job in ("close", "digest"):
        task = http("POST", f"{base}/days/{today}/{job}")[1]["task"]
        states[job] = until(partial(job_state, base, task), lambda state: state in ("SUCCESS", "FAILURE"), 30)
    closed = (data / "reports" / f"{today}.closed").exists()
    event = {"kind": "authorisation_expired", "order_id": ids[0], "amount_cents": 2500}
    webhook = http("POST", f"{base}/payments/webhook", event)[0]
    wanted_charges = seen.get("charges", 0) + 1
    charges = until(partial(counter, base, "charges"), lambda n: n >= wanted_charges, 10 if webhook == 202 else 0)

    rows = [
        ("orders by status", dict(Counter(order["status"] for order in final)), {"shipped": ORDERS}),
        ("audit entries", sum(order["audits"] for order in final), ORDERS),
        ("charges made", seen.get("charges", 0), ORDERS),
        ("invoices", seen.get("invoices", 0), ORDERS),
        ("notices to customers", seen.get("notices to customer", 0), ORDERS),
        ("notices to the affiliate", seen.get("notices to affiliate", 0), ORDERS),
        ("labels", labels, ORDERS),
        ("worker_ready metric", seen.get("metric worker_ready", 0), 1),
        ("task that closes the day", states["close"], "SUCCESS"),
        ("day closed", closed, True),
        ("task that mails the digest", states["digest"], "SUCCESS"),
        ("answer to the webhook", webhook, 202),
        ("charges after the webhook", charges, ORDERS + 1),
    ]
    for what, got, wanted in rows:
        print(f"ok   {what}: {got}" if got == wanted else f"NOT  {what}: {got} (should be {wanted})")
    print(f"     slowest answer of the API while one client waited: {slowest:.2f} s")
    return all(got == wanted for _, got, wanted in rows)


def telling_lines(logs: Path) -> list[str]:
    """Returns the errors and warnings of the logs, each once with its number, the most frequent first."""
    counts: Counter[str] = Counter()
    for name, pattern in TELLING.items():
        log = logs / f"{name}.log"
        for match in pattern.finditer(log.read_text(errors="replace") if log.exists() else ""):
            line = re.sub(r"0x[0-9a-f]+", "0x…", match[1] or match[2])
            counts[f"{name}: {line[:120]}"] += 1
    return [f"{number} x {line}" for line, number in counts.most_common()]


def open_shop(port: int, env: dict[str, str], logs: Path | None, stack: ExitStack) -> list[Process]:
    """Starts everything, the API first because it makes the tables. ``stack`` stops the processes, the API last."""
    processes: list[Process] = []
    for name, command in commands(port).items():
        log = None if logs is None else stack.enter_context((logs / f"{name}.log").open("wb"))
        processes.append(start(command, env, log))
        stack.callback(stop, processes[-1], patience=10)
        if name == "api":
            wait_for_api(f"http://127.0.0.1:{port}", processes[0])
    return processes


def run_smoke() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="shop-", ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        try:
            with ExitStack() as stack:
                open_shop(port, {**os.environ, "SHOP_DATA": folder, "SHOP_PORT": str(port)}, data, stack)
                fine = smoke(f"http://127.0.0.1:{port}", data)
        finally:
            for line in telling_lines(data):
                print("log ", line)
    return 0 if fine or not STRICT else 1


def run_for_ever() -> int:
    port = int(os.environ.get("SHOP_PORT", "8000"))
    with ExitStack() as stack:
        try:
            processes = open_shop(port, dict(os.environ), None, stack)
            print(f"the shop is open: http://127.0.0.1:{port}/docs (Ctrl-C ends it)", flush=True)
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
            return 1
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside: stop the three processes as well
    sys.exit(run_smoke() if "--smoke" in sys.argv[1:] else run_for_ever())
