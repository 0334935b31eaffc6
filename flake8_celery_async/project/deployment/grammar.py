"""The one door to ast-grep's grammars, with guards for what their parsers do not bear.

Text that is not in the syntax of its language costs a parser time that grows with its square, and YAML that nests too
deep ends the process. So long scripts are parsed in pieces, and long YAML is tried in pieces before it is parsed whole.

ast-grep is imported where it is used: most runs of flake8 read no deployment file at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flake8_celery_async.project.deployment.division import LONGEST, SHORTEST, End, divided
from flake8_celery_async.project.deployment.reading import TOO_BROKEN, TOO_DEEP, Reading
from flake8_celery_async.project.deployment.text import Text

if TYPE_CHECKING:
    from ast_grep_py import SgNode

DEEPEST = 100
"""Levels a line of YAML may open or be indented by. The grammar keeps its levels, but not those of brackets, in 1024
bytes and ends the process when they do not fit (tree-sitter-yaml as of ast-grep 0.51)."""
_MOST_STRAY = 150
"""Nodes of a piece that may stand in no larger one for the piece not to count as broken."""

_ENTRY = re.compile(r"(?<!\S)[-?:](?=\s|$)")


# -- shell -------------------------------------------------------------------------------------------------------------


def shell_pieces(script: Text, file: Reading) -> Iterator[tuple[Text, SgNode]]:
    """Yield the pieces that a script is parsed in, each with the root of its tree: one for all but long scripts.

    Broken text gives a tree with errors in it. Offsets in a tree count characters of its piece.
    """
    for start, stop, end in divided(script.value):
        piece = script.cut(start, stop)
        file.spend(stop - start)
        root = _parsed(piece.value, "bash")
        if root is None or end is End.WITHIN:
            file.pass_over(TOO_BROKEN)
        if root is None:
            continue
        if stop - start > SHORTEST and _is_broken(root):
            file.note_broken(max((stop - start) // LONGEST, 1) ** 2)
        yield piece, root


# -- YAML --------------------------------------------------------------------------------------------------------------


def parse_yaml(text: str, file: Reading) -> SgNode | None:
    """Return the root of a document; None when it is not one that the grammar can take.

    Broken text gives a tree with errors in it. Offsets in the tree count characters.
    """
    file.spend(len(text))
    flat = _flattened(text)
    if flat != text:
        file.pass_over(TOO_DEEP)
    if len(flat) > LONGEST:
        for piece in _trials(flat):
            tried = _parsed(piece, "yaml")
            if tried is None or _is_broken(tried):
                file.note_broken(1)
    root = _parsed(flat, "yaml")
    if root is None:
        file.pass_over(TOO_BROKEN)
    return root


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


def _is_broken(root: SgNode) -> bool:
    return sum([len(error.children()) for error in root.find_all(kind="ERROR")]) > _MOST_STRAY


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
