"""The flake8 section of a project's configuration, read without flake8."""

from __future__ import annotations

import os
import re
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path
from typing import NamedTuple

from flake8_celery_async.options import OPTIONS

_FILES = ("setup.cfg", "tox.ini", ".flake8")
_EXCLUDE = ".svn,CVS,.bzr,.hg,.git,__pycache__,.tox,.nox,.eggs,*.egg"
"""What flake8 leaves out when ``exclude`` is not set."""
_PATHS = frozenset(option.key for option in OPTIONS if option.is_path)


class Config(NamedTuple):
    """What the user wrote: option keys (``cax_enable``) with their texts, and the patterns of files to leave out."""

    values: dict[str, str]
    exclude: tuple[str, ...]


def read_config(start: Path) -> Config:
    """Return the section that flake8 would read when it is run in ``start``: the nearest one upward."""
    for folder in (start, *start.parents):
        for name in _FILES:
            parser = ConfigParser(interpolation=None)
            try:
                parser.read(folder / name, encoding="utf-8-sig")
            except (ConfigError, UnicodeDecodeError, OSError):
                continue
            if parser.has_section("flake8"):
                written = {key.replace("-", "_"): text for key, text in parser.items("flake8")}
                paths = {key: _absolute(written[key].strip(), folder) for key in _PATHS & written.keys()}
                values = {key: _joined(text) for key, text in written.items()} | paths
                patterns = f"{values.get('exclude', _EXCLUDE)},{values.get('extend_exclude', '')}".split(",")
                return Config(values, tuple([_absolute(p, folder) for p in patterns if p]))
        if folder == Path.home():
            break
    return Config({}, tuple(_EXCLUDE.split(",")))


def _joined(text: str) -> str:
    """Return a list of flake8 (separated by commas or white space) with commas only, and without its comments."""
    lines = [line.partition(" #")[0] for line in text.splitlines() if not line.lstrip().startswith("#")]
    return ",".join([part for part in re.split(r"[,\s]+", "\n".join(lines)) if part])


def _absolute(path: str, folder: Path) -> str:
    """Return a path or a pattern as flake8 does: relative to the configuration, unless it is a mere name."""
    return os.path.abspath(folder / path) if "/" in path else path
