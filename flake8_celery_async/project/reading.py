"""Reading a file that anybody may have put there: only a regular one, and never more of it than is wanted.

A FIFO never ends, and opening one wakes up who writes to it; a device has no end, and opening one may do something. So
the path is asked first. What it was then may have been replaced since, so the open file is asked again.
"""

from __future__ import annotations

import errno
import os
import stat

_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_MORE = 1 << 16
"""Bytes that are asked for at once of a file that is longer than it was."""


def read_file(path: str | os.PathLike[str], largest: int) -> bytes:
    """Return what a regular file holds, or the one that a link leads to.

    ``largest`` is in bytes. Raises :exc:`OSError`, also for what is no regular file or is larger.
    """
    return _read(path, os.stat(path), _OPEN, largest)


def read_own_file(path: str | os.PathLike[str], largest: int) -> bytes:
    """Return what a regular file holds; as :func:`read_file` does, but for a link it raises :exc:`OSError`."""
    return _read(path, os.lstat(path), _OPEN | _NO_LINK, largest)


def _read(path: str | os.PathLike[str], seen: os.stat_result, flags: int, largest: int) -> bytes:
    _require_regular(path, seen)
    descriptor = os.open(path, flags)
    try:
        opened = os.fstat(descriptor)
        _require_regular(path, opened)
        data = _read_open(descriptor, min(opened.st_size, largest), largest)
    finally:
        os.close(descriptor)
    if len(data) > largest:
        raise OSError(errno.EFBIG, f"it has more than {largest} bytes", os.fspath(path))
    return data


def _require_regular(path: str | os.PathLike[str], seen: os.stat_result) -> None:
    if stat.S_ISDIR(seen.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(seen.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", os.fspath(path))


def _read_open(descriptor: int, expected: int, largest: int) -> bytes:
    """Return what an open file holds, which should be ``expected`` bytes, or its first ``largest + 1``."""
    parts = [os.read(descriptor, expected + 1)]
    left = largest + 1 - len(parts[0])
    while left > 0 and parts[-1]:
        parts.append(os.read(descriptor, min(left, _MORE)))
        left -= len(parts[-1])
    return b"".join(parts)
