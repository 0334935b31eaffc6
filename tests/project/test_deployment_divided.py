"""Long scripts are read in pieces, and what they say is what they say whole."""

from __future__ import annotations

import pytest

from flake8_celery_async.project.deployment.division import FURTHEST, LONGEST, End, divided
from flake8_celery_async.project.deployment.files import read
from flake8_celery_async.project.deployment.reading import TOO_BROKEN

_CELERY = "celery -A shop worker"
_EXAMPLES = "".join([f"Example {i}: it is not run\n\n{_CELERY} -P gevent -Q q{i}\n\n" for i in range(120)])
"""Lines that look like commands, more of them than a piece has."""

TALK = {
    "here-document": f"cat <<EOF\n{_EXAMPLES}EOF\n",
    "quoted here-document": f"cat <<-'END'\n{_EXAMPLES}\tEND\n",
    "here-document in quotes": f'HELP="$(cat <<EOF\n{_EXAMPLES}EOF\n)"\n',
    "double quotes": f'HELP="Usage\n{_EXAMPLES}"\n',
    "single quotes": f"HELP='Usage\n{_EXAMPLES}'\n",
    "dollar quotes": f"HELP=$'it\\'s\n{_EXAMPLES}'\n",
}


@pytest.mark.parametrize("name", TALK)
@pytest.mark.parametrize("before", [0, 1000, 3000, 5000])
def test_talk_of_commands_starts_nothing(name: str, before: int) -> None:
    lines = "# don't\necho 'it is'\n" * (before // 20)
    script = f"{lines}{TALK[name]}{_CELERY} -P solo\n"
    found = read("start.sh", script)
    assert [(c.pool, c.line) for c in found.commands] == [("solo", script.count("\n"))]
    assert found.unread == ()


def test_words_that_are_no_here_document_hide_nothing() -> None:
    script = "x=$((1<<A))\necho $((1 << BITS)) # <<EOF\necho '<<EOF'\ncat <<<EOF\n" * 100 + f"{_CELERY} -P solo\n" * 100
    assert len(read("start.sh", script).commands) == 100


def test_branches_are_read_wherever_a_piece_ends() -> None:
    branches = "".join([f"  w{i})\n    exec {_CELERY} -P solo -Q q{i}\n    ;;\n\n" for i in range(600)])
    script = f"start() {{\n  case $1 in\n{branches}  esac\n}}\nstart $1\n"
    assert len(script) > 2 * FURTHEST
    assert len(read("start.sh", script).commands) == 600


def test_end_within_quotes_is_told() -> None:
    script = f"{_CELERY} -P solo\nHELP='{_EXAMPLES * 5}'\n"
    assert len(script) > FURTHEST
    found = read("start.sh", script)
    assert [unread.reason for unread in found.unread] == [TOO_BROKEN]


def test_pieces_are_the_script() -> None:
    script = "".join([*TALK.values(), "if x; then\n", "  y\n" * 9000, "fi\n", "'", "z" * 50_000])
    pieces = list(divided(script))
    assert "".join([script[piece.start : piece.stop] for piece in pieces]) == script
    assert all(0 < piece.stop - piece.start <= FURTHEST for piece in pieces)
    assert {piece.end for piece in pieces} == set(End)


def test_script_that_is_not_long_is_one_piece() -> None:
    assert [piece.stop for piece in divided("x\n" * (LONGEST // 2))] == [LONGEST]
