"""The one door to ast-grep's grammars, with guards for what their parsers do not bear.

Text that is not in the syntax of its language costs a parser time that grows with its square, and YAML that nests too
deep ends the process. So long scripts are parsed in pieces, and long YAML is tried in pieces before it is parsed whole.

ast-grep is imported where it is used: most runs of flake8 read no deployment file at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flake8_celery_async.project.deployment.reading import TOO_BROKEN, TOO_DEEP, Reading
from flake8_celery_async.project.deployment.text import Text

if TYPE_CHECKING:
    from ast_grep_py import SgNode

DEEPEST = 100
"""Levels a line of YAML may open or be indented by, and brackets that may be open. The grammar keeps its levels in 1024
bytes and ends the process when they do not fit (tree-sitter-yaml as of ast-grep 0.51)."""
LONGEST = 4_000
"""Characters that are parsed at once before it is known that they are in the syntax of their language."""
_SHORTEST = 1_000
"""Characters of a piece below which no end is looked for, and that are too few to take long however broken."""
_MOST_STRAY = 150
"""Nodes of a piece that may stand in no larger one for the piece not to count as broken."""

_ENTRY = re.compile(r"[-?:](?=\s|$)")
_BRACKET = re.compile(r"[\[\]{}]")
_BREAKS = (re.compile(r"\n(?=\n\S)"), re.compile(r"[^\\\n]\n(?=[^\s})])"), re.compile(r"[^\\\n]\n"), re.compile(r"\n"))
"""Where a script may be divided, the best first: before an empty line at its outermost level, before a line there,
between two lines of one command, at any line end."""


# -- shell -------------------------------------------------------------------------------------------------------------


def shell_pieces(script: Text, file: Reading) -> Iterator[tuple[Text, SgNode]]:
    """Yield the pieces that a script is parsed in, each with the root of its tree: one for all but long scripts.

    Broken text gives a tree with errors in it. Offsets in a tree count characters of its piece.
    """
    start = 0
    while start < len(script.value):
        end = _end_of_piece(script.value, start)
        piece = script if end - start == len(script.value) else script.cut(start, end)
        start = end
        file.spend(len(piece.value))
        root = _parsed(piece.value, "bash")
        if root is None:
            file.pass_over(TOO_BROKEN)
            continue
        if len(piece.value) > _SHORTEST and root.find(kind="ERROR") is not None:
            file.note_broken()
        yield piece, root


def _end_of_piece(text: str, start: int) -> int:
    """Return where the piece that begins at an offset ends."""
    longest = start + LONGEST
    if longest >= len(text):
        return len(text)
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(text, start + _SHORTEST, longest)]
        if ends:
            return ends[-1]
    return longest


# -- YAML --------------------------------------------------------------------------------------------------------------


def parse_yaml(text: str, file: Reading) -> SgNode | None:
    """Return the root of a document; None when it is not one that the grammar can take.

    Broken text gives a tree with errors in it. Offsets in the tree count characters.
    """
    file.spend(len(text))
    flat = _flattened(text)
    if flat != text:
        file.pass_over(TOO_DEEP)
    if _opens_too_deep(flat):
        file.pass_over(TOO_DEEP)
        return None
    if len(flat) > LONGEST:
        for piece in _trials(flat):
            _try(piece, file)
    root = _parsed(flat, "yaml")
    if root is None:
        file.pass_over(TOO_BROKEN)
    return root


def _try(piece: str, file: Reading) -> None:
    """Count a piece as broken where many of its nodes stand in no larger one."""
    root = _parsed(piece, "yaml")
    if root is None or sum([len(error.children()) for error in root.find_all(kind="ERROR")]) > _MOST_STRAY:
        file.note_broken()


def _trials(text: str) -> Iterator[str]:
    """Yield a text in pieces, each below the lines that it is nested in."""
    around: list[tuple[int, str]] = []
    piece: list[str] = []
    size = 0
    for line in text.split("\n"):
        for start in range(0, len(line) or 1, LONGEST):
            part = line[start : start + LONGEST]
            if size + len(part) > LONGEST and piece:
                yield "\n".join(piece)
                piece = [outer for _, outer in around]
                size = 0
            piece.append(part)
            size += len(part) + 1
        indent = len(line) - len(line.lstrip(" "))
        if indent < len(line):
            while around and around[-1][0] >= indent:
                around.pop()
            if len(line) < DEEPEST:
                around.append((indent, line))
    if piece:
        yield "\n".join(piece)


def _opens_too_deep(text: str) -> bool:
    """Say whether more brackets are open at a place than the tree of any real file has levels."""
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > DEEPEST:
            return True
    return False


def _flattened(text: str) -> str:
    """Return YAML with the same length whose lines cannot nest too deep: those that could are blanked."""
    if len(text) < DEEPEST:
        return text
    return "\n".join([" " * len(line) if _is_deep(line) else line for line in text.split("\n")])


def _is_deep(line: str) -> bool:
    if len(line) < DEEPEST:
        return False
    indent = len(line) - len(line.lstrip(" \t-?:"))
    return indent + len(_ENTRY.findall(line)) > DEEPEST


def _parsed(text: str, language: Literal["bash", "yaml"]) -> SgNode | None:
    from ast_grep_py import SgRoot

    try:
        return SgRoot(text, language).root()
    except Exception:
        return None
    except BaseException as error:  # a panic of the library is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return None
