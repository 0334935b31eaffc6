"""Run a command that cannot outlive this test run: ``python leash.py COMMAND…``.

When the standard input ends, because the test is over or the test process is gone in whatever way, the whole process
group is killed. The caller starts this program as the leader of a group of its own.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys


def main(command: list[str]) -> None:
    """Start the command in this process group and kill the group at the end of the standard input."""
    subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        while sys.stdin.buffer.read(1024):
            pass
    finally:
        os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
