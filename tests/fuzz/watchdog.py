"""A process that judges, watched by this one: no fork, no signals, so it is the same on every system."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path

from inputs import Input
from judge import Failure

SECONDS = 30
"""Time for one input; it needs some 30 milliseconds on an idle machine."""


class Watchdog:
    """Judges inputs in a process of its own, which is started again after a hang or an abort."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def judge(self, given: Input, seconds: float = SECONDS) -> Failure | None:
        """Return what is wrong with how an input is judged; None when all holds."""
        process = self._process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(given.as_json() + "\n")
            process.stdin.flush()
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.stop()
            return Failure("no end", f"not done after {seconds} s")
        except OSError:
            answer = ""
        if not answer:
            status = process.wait()
            self.stop()
            return Failure("the process ended", f"exit status {status}")
        value = json.loads(answer)
        return None if value is None else Failure(*value)

    def stop(self) -> None:
        """End the process; the next input starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:  # what was not read yet
                        continue
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        answers: queue.Queue[str] = queue.Queue()
        self._answers = answers
        process = self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("judge.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

        def read() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                answers.put(line)
            answers.put("")

        threading.Thread(target=read, daemon=True).start()
        return process
