"""The folder of a cache: JSON documents under names of one form; nothing else in it is read, replaced or removed.

The folder may lie in a checkout that somebody else prepared, and ``cax-cache-dir`` may name one that holds more than a
cache. So a document is a regular file and no link, its name has every letter that this module gives it, and the default
folder is where it seems to be. Whatever cannot be read is as good as absent; whatever cannot be written is not kept.
"""

from __future__ import annotations

import json
import os
import re
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flake8_celery_async.project.reading import read_own_file

FOLDER = ".flake8_celery_async_cache"
"""The name of the default folder; it stands in the project root."""
LARGEST = 16_000_000
"""Size in bytes of a document; one on 30,000 files is half as large. JSON of this size can take 400 MB of memory."""

_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of flake8-celery-async; https://bford.info/cachedir/\n"
_SIGNS = ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG))
_TEMPORARY = re.compile(r"flake8-celery-async-[0-9a-f]{16}\.tmp")
_FOUND = re.compile(r"found-[0-9a-f]{32}-[0-9a-f]{16}\.json")
_KEPT = 16
"""Files of findings that are kept; older ones are removed."""
_IN_USE = 60
"""Seconds for which a file may belong to a process that is still at work."""


def files_name(root: str) -> str:
    """Return the name of the document on the files of a project; ``root`` is a hash of 16 hexadecimal digits."""
    return f"files-{root}.json"


def found_name(outline: str, content: str) -> str:
    """Return the name of a document of findings; the hashes have 32 and 16 hexadecimal digits."""
    return f"found-{outline}-{content}.json"


class CacheFolder:
    """A folder that may not be there yet; no method raises :exc:`OSError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def found_names(self, outline: str) -> list[str]:
        """Return the names of the documents of findings of one outline, sorted."""
        return [name for name in self._names(_FOUND) if name.startswith(f"found-{outline}-")]

    def read(self, name: str, largest: int) -> bytes | None:
        """Return a document of at most ``largest`` bytes, or None when it cannot be read."""
        try:
            return read_own_file(self._path / name, largest)
        except OSError:
            return None

    def write(self, name: str, content: Mapping[str, object]) -> bool:
        """Write a document, whole or not at all, in place of one of that name; say whether it is written."""
        data = json.dumps(content, separators=(",", ":")).encode()
        if len(data) > LARGEST:
            return False
        try:
            self._make()
            temporary = self._write_temporary(data)
            try:
                os.replace(temporary, self._path / name)
            except OSError:
                _remove(temporary)
                raise
        except OSError:
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove a document, if it can be removed."""
        _remove(self._path / name)

    def clean(self) -> None:
        """Remove findings that were not made lately, and temporary files of processes that were killed."""
        aged = sorted(self._aged(_FOUND), reverse=True)[_KEPT:] + self._aged(_TEMPORARY)
        for changed, name in aged:
            if time.time() - changed > _IN_USE:
                self.remove(name)

    def _aged(self, form: re.Pattern[str]) -> list[tuple[float, str]]:
        """Return the files of a form with their times of modification."""
        found: list[tuple[float, str]] = []
        for name in self._names(form):
            with suppress(OSError):
                seen = os.lstat(self._path / name)
                if stat.S_ISREG(seen.st_mode):
                    found.append((seen.st_mtime, name))
        return found

    def _names(self, form: re.Pattern[str]) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self._path) if form.fullmatch(name))
        except OSError:
            return []

    def _make(self) -> None:
        """Make the folder, and say in it that it is a cache; a folder of somebody else stays as it is."""
        if self._path.is_dir():
            if self._path.name == FOLDER:
                self._sign()
            return
        try:
            self._path.mkdir(parents=True)
        except FileExistsError:  # another process of ours was quicker, and signs it
            return
        try:
            self._sign()
        except OSError:
            self._unmake()  # or the next run takes it for a folder of somebody else
            raise

    def _unmake(self) -> None:
        for name, _ in _SIGNS:
            self.remove(name)
        with suppress(OSError):
            self._path.rmdir()

    def _sign(self) -> None:
        for name, text in _SIGNS:
            target = self._path / name
            if not os.path.lexists(target):
                temporary = self._write_temporary(text.encode())
                try:
                    _place(temporary, target)
                finally:
                    _remove(temporary)

    def _write_temporary(self, data: bytes) -> Path:
        """Write a new file and return its path; nothing is left of one that cannot be written."""
        path = self._path / f"flake8-celery-async-{os.urandom(8).hex()}.tmp"
        try:
            with open(path, "xb") as file:
                file.write(data)
        except FileExistsError:
            raise
        except OSError:
            _remove(path)
            raise
        return path


def _place(temporary: Path, target: Path) -> None:
    """Give a whole file its name, unless that is taken: also by a link that leads nowhere."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return
    except (OSError, AttributeError):  # a file system or a platform without hard links
        if not os.path.lexists(target):
            os.rename(temporary, target)


def _remove(path: Path) -> None:
    with suppress(OSError):
        os.remove(path)


def default_folder(root: Path) -> Path | None:
    """Return the folder in a project root, or None where that name leads to another place."""
    folder = root / FOLDER
    here = os.path.join(os.path.realpath(root), FOLDER)
    return folder if os.path.realpath(folder) == here and not folder.is_symlink() else None
