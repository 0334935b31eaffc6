"""The one door to ast-grep's grammars, with guards for what their parsers do not bear.

ast-grep is imported where it is used: most runs of flake8 read no deployment file at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_ENTRY = re.compile(r"[-?:](?=\s|$)")
DEEPEST = 100
"""Levels a line of YAML may open or be indented by. The grammar keeps its levels in 1024 bytes and ends the process
when they do not fit (tree-sitter-yaml as of ast-grep 0.51)."""
MOST_OPENINGS = 2_000
"""Pipes and array openings of a shell script; where they nest without an end, parsing takes quadratic time."""


def parse(text: str, language: str) -> SgNode | None:
    """Return the root of a text in ``bash`` or ``yaml``; None when it is not one that the grammar can take.

    Broken text gives a tree with errors in it. Offsets in the tree count characters.
    """
    if language == "yaml":
        text = _flattened(text)
    elif text.count("|") + text.count("=(") > MOST_OPENINGS:
        return None
    from ast_grep_py import SgRoot

    try:
        return SgRoot(text, language).root()
    except Exception:
        return None
    except BaseException as error:  # a panic of the library is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return None


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
