"""What the fuzz tries: one small project, with or without damage to its cache, as a value that JSON can keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

FOUND = Path(__file__).parent / "found"
"""The inputs that once broke something; each run tries them again."""


class Kind(str, Enum):
    """What an input is about, which is how the summary counts it."""

    PROGRAM = "programs"
    """One module."""
    PROJECT = "projects"
    """Two to six modules that import each other."""
    DEPLOYMENT = "deployment files"
    CACHE = "caches"


@dataclass(frozen=True, slots=True)
class Damage:
    """One change to one file of a cache, told without the names and hashes that differ from machine to machine."""

    file: str
    """The beginning of the file's name: ``files-`` or ``found-``."""
    how: str
    """A name in ``damage.WAYS``."""
    place: tuple[int, ...]
    """For bytes the start and the length, for JSON the numbers of the children on the way; taken modulo their count."""
    text: str
    """What is put there: JSON that need not be valid, or one byte a character."""


@dataclass(frozen=True, slots=True)
class Input:
    """A project to judge."""

    kind: Kind
    files: Mapping[str, str]
    """Texts by path, with forward slashes; bytes that are no UTF-8 stand in them as lone surrogates."""
    pools: Sequence[str] = ()
    """The value of ``cax-pool``."""
    damage: Sequence[Damage] = ()

    def as_json(self) -> str:
        """Return one line from which :func:`from_json` makes the same input."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def python(self) -> list[str]:
        """The paths of the modules, sorted."""
        return sorted(path for path in self.files if path.endswith(".py"))


def from_json(text: str) -> Input:
    """Read what :meth:`Input.as_json` or :func:`keep` wrote."""
    value: dict[str, Any] = json.loads(text)
    damage = [Damage(one["file"], one["how"], tuple(one["place"]), one["text"]) for one in value["damage"]]
    files = {path: "".join(lines) for path, lines in value["files"].items()}
    return Input(Kind(value["kind"]), files, value["pools"], damage)


def keep(found: Input, failure: str, folder: Path = FOUND) -> Path:
    """Write an input that broke something where every later run tries it, and return the file."""
    value = {"was": failure, **asdict(found)}
    value["files"] = {path: text.splitlines(keepends=True) for path, text in sorted(found.files.items())}
    path = folder / f"{hashlib.blake2b(found.as_json().encode(), digest_size=6).hexdigest()}.json"
    folder.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    return path
