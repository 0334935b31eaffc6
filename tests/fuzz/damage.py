"""Caches as disks, other programs and other people leave them: random damage, and its application to a real cache."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from inputs import Damage

FILES = ("files-", "found-")
_DEEP = 5_000
_VALUES = (
    *("Infinity", "-Infinity", "NaN", "1e400", "-1", "-0.0", "0", "1", "1.5", "1000000", "10000000000000000000000"),
    *("true", "false", "null", '""', "[]", "{}", "[[]]", '{"format": 2}', '[1, 2, "CAX03", "text"]'),
    *(r'"\ud800"', r'"\u001b[31mred"', r'"two\nlines"', r'"\u0000"', r'"CAX3"', r'"E999"', r'"CAX03"', r'"\u202e"'),
    *('"../../etc/passwd"', '"app/tasks.py"', '"setup.cfg"', '"C:\\\\x"', "9" * 5_000, '"' + "x" * 100_000 + '"'),
    *("[" * _DEEP + "]" * _DEEP, '{"a":' * _DEEP + "1" + "}" * _DEEP, "", "{", "'x'", "1,", "//"),
)
_BYTES = (
    "",
    "\x00",
    "\xff\xfe",
    "\xef\xbb\xbf",
    "\xed\xa0\x80",
    "\xc3",
    '"',
    "\\",
    "[",
    "{",
    "}",
    ",",
    "1",
    "-",
    "\n",
    "E9",
)


def damages(random: Random) -> list[Damage]:
    """Return one to three changes to a cache."""
    return [_damage(random) for _ in range(random.choice((1, 1, 1, 2, 3)))]


def _damage(random: Random) -> Damage:
    how = random.choice(list(WAYS))
    file = random.choice(FILES)
    if how == "bytes":
        return Damage(
            file, how, (random.randrange(1 << 16), random.choice((0, 1, 1, 2, 9, 1 << 16))), random.choice(_BYTES)
        )
    place = tuple(random.randrange(1 << 16) for _ in range(random.randint(0, 6)))
    return Damage(file, how, place, random.choice(_VALUES))


def apply(folder: Path, damage: Sequence[Damage]) -> list[bytes]:
    """Change the files of a cache, and return what the changed ones hold then.

    A change to a file that is not there, or is no JSON any more, is none.
    """
    changed = {}
    for one in damage:
        for path in sorted(folder.glob(f"{one.file}*.json")):
            changed[path] = WAYS[one.how](path.read_bytes(), one)
            path.write_bytes(changed[path])
    return list(changed.values())


def is_json(content: bytes) -> bool:
    """Say whether a file can be read as what it was."""
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _bytes(content: bytes, damage: Damage) -> bytes:
    start, length = damage.place
    start %= len(content) + 1
    return content[:start] + damage.text.encode("latin-1") + content[start + length :]


def _value(content: bytes, damage: Damage) -> bytes:
    """Put other JSON in place of a value."""
    return _changed(content, damage, lambda holder, key, mark: holder.__setitem__(key, mark))


def _removed(content: bytes, damage: Damage) -> bytes:
    """Take a value away."""
    return _changed(content, damage, lambda holder, key, _: holder.__delitem__(key))


def _renamed(content: bytes, damage: Damage) -> bytes:
    """Put other JSON in place of a key; in a list, of a value."""

    def rename(holder: Any, key: Any, mark: str) -> None:
        if isinstance(holder, dict):
            holder[mark] = holder.pop(key)
        else:
            holder[key] = mark

    return _changed(content, damage, rename)


def _doubled(content: bytes, damage: Damage) -> bytes:
    """Give a key a second value; a list, a second item."""

    def double(holder: Any, key: Any, mark: str) -> None:
        if isinstance(holder, dict):
            holder[f"{mark}{key}"] = mark
        else:
            holder.insert(key, mark)

    return _changed(content, damage, double)


def _changed(content: bytes, damage: Damage, change: Callable[[Any, Any, str], None]) -> bytes:
    """Change one item of the JSON, the one that the place leads to; ``mark`` stands for the text of the damage."""
    try:
        root = json.loads(content)
    except (ValueError, RecursionError):
        return content
    holder: Any = [root]
    key: Any = 0
    for number in damage.place:
        child = holder[key]
        if not isinstance(child, (dict, list)) or not child:
            break
        holder, key = child, (sorted(child)[number % len(child)] if isinstance(child, dict) else number % len(child))
    if holder == [root]:
        return damage.text.encode("utf-8")
    mark = "<the text of the damage>"
    change(holder, key, mark)
    text = json.dumps(root, separators=(",", ":"))
    return text.replace(f'"{mark}"', damage.text).replace(mark, "").encode("utf-8")


WAYS: dict[str, Callable[[bytes, Damage], bytes]] = {
    "bytes": _bytes,
    "value": _value,
    "removed": _removed,
    "renamed": _renamed,
    "doubled": _doubled,
}
"""What a :class:`Damage` names."""
