"""The workers that a shell script starts, read with ast-grep's bash grammar.

Every command of the script counts, whatever condition it stands under. A variable has the value the script gives it;
one with several values gives the pool each of them would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_celery_async.project.deployment.command import NOT_KNOWN, StartCommand, read, within
from flake8_celery_async.project.deployment.grammar import shell_pieces
from flake8_celery_async.project.deployment.reading import STEP, TOO_DEEP, Reading, Stopped
from flake8_celery_async.project.deployment.text import MANY, UNKNOWN, Text, joined, lines_of, without_templates

if TYPE_CHECKING:
    from ast_grep_py import SgNode

DEEPEST = 4
"""Scripts in words of scripts (``sh -c "…"``) that are followed."""
MOST_VALUES = 6
"""Values of one variable that are told apart."""
_DEEPEST_WORD = 40
"""Levels of a word, and of variables made of variables."""
_LONGEST = 4_000
"""Characters of a variable's value that are followed, so that variables made of variables stay small."""

_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "busybox"})
_TAKE_SCRIPT = frozenset({"su", "runuser", "eval", "watchmedo", "watchfiles", "nodemon", "tmux", "screen", "ssh"})
"""Commands that run a script in one of their words."""
_SPLIT = re.compile(r"[ \t\n]+")
_ESCAPED = re.compile(r"\\(.|\n)", re.DOTALL)
_ESCAPED_IN_QUOTES = re.compile(r'\\([$`"\\])')

_Value = Text | tuple[Text, ...]
"""What a variable is set to; the words, for an array."""


def start_commands(
    script: Text, environment: Mapping[str, str], file: Reading, depth: int = 0
) -> Iterator[StartCommand]:
    """Yield the workers that a script starts; ``environment`` holds variables that are set outside it."""
    if "celery" not in script.value.lower():
        return
    for ways in commands(script, environment, file):
        yield from started(ways, file, depth)


def started(ways: Ways, file: Reading, depth: int = 0) -> Iterator[StartCommand]:
    """Yield the workers that one simple command starts, or the scripts in its words."""
    found = list(_started(ways.words, ways.environment, file, depth))
    if not ways.others or not (not found or any(command.pool == NOT_KNOWN for command in found)):
        yield from found
        return
    other = [c for words in ways.others for c in _started(words, ways.environment, file, depth)]
    if not found:
        yield from other
        return
    pools = {command.pool for command in other}
    for command in found:
        if command.pool != NOT_KNOWN:
            yield command
        else:
            for pool in sorted(pools, key=str):
                yield replace(command, pool=pool)


def _started(
    words: Sequence[Text], environment: Mapping[str, str], file: Reading, depth: int
) -> Iterator[StartCommand]:
    for script in _scripts(words) if depth < DEEPEST else ():
        yield from start_commands(script, environment, file, depth + 1)
    yield from read(words, environment, file.path)


def _scripts(words: Sequence[Text]) -> Iterator[Text]:
    """Yield the words of a command that are scripts themselves: ``sh -c "…"``."""
    if not any("celery" in word.value and _SPLIT.search(word.value) for word in words):
        return
    taken = False
    for index, word in enumerate(words):
        name = word.value.rpartition("/")[2]
        if name in _SHELLS:
            taken = False
            for place in range(index + 1, len(words)):
                option = words[place].value
                if option.startswith("-") and not option.startswith("--") and "c" in option:
                    taken = True
                elif not option.startswith("-"):
                    if taken:
                        yield words[place]
                    return
            return
        if name in _TAKE_SCRIPT:
            taken = True
        elif taken and "celery" in word.value and _SPLIT.search(word.value):
            if word.value.startswith("--"):
                word = word.cut(word.value.find("=") + 1, len(word.value))
            yield word


class Ways:
    """The words of a simple command; the same with each value of its variables, where they have several."""

    __slots__ = ("environment", "others", "words")

    def __init__(
        self, words: Sequence[Text], environment: Mapping[str, str], others: Sequence[Sequence[Text]] = ()
    ) -> None:
        self.words = words
        self.environment = environment
        self.others = others


def commands(script: Text, environment: Mapping[str, str], file: Reading) -> Iterator[Ways]:
    """Yield the words of each simple command of a script, expanded."""
    pieces = list(shell_pieces(script, file))
    variables = _Variables(pieces, environment, file)
    exported = variables.exported()
    for piece, root in pieces:
        variables.script = piece
        yield from _commands(root, variables, exported)


def _commands(root: SgNode, variables: _Variables, exported: Mapping[str, str]) -> Iterator[Ways]:
    """Yield the words of each simple command of a piece of a script."""
    for node in root.find_all(kind="command"):
        own: dict[str, str] = {}
        others: list[list[Text]] = []
        variables.several = 0
        parts: list[SgNode] = []
        for child in node.children():
            kind = child.kind()
            if kind == "variable_assignment":
                name, _, value = child.text().partition("=")
                own[name] = value.strip("\"'") if "$" not in value else UNKNOWN
            elif kind == "command_name":
                parts += child.children()
            elif "redirect" not in kind:
                parts.append(child)
        words = variables.words(parts)
        for choice in range(variables.several):
            variables.choice = choice
            others.append(variables.words(parts))
        variables.choice = None
        yield Ways(words, within(own, exported), others)


class _Variables:
    """The variables of a script and the expansion of its words."""

    def __init__(self, pieces: Iterable[tuple[Text, SgNode]], environment: Mapping[str, str], file: Reading) -> None:
        self.script = Text.of(())
        """The piece of the script in which the nodes are that are being worked out."""
        self._environment = environment
        self._file = file
        self._depth = 0
        self._set: dict[str, list[tuple[Text, SgNode]]] = {}
        self._known: dict[str, tuple[_Value, ...]] = {}
        self._busy: set[str] = set()
        self.choice: int | None = None
        """Which value to take of variables with several; None for the mark of what is not known."""
        self.several = 0
        """The largest number of values that a variable had since this was set to zero."""
        for script, root in pieces:
            self.script = script
            self._find(root)

    def _find(self, root: SgNode) -> None:
        """Enter what a piece of the script sets."""
        of_commands = {
            child.range().start.index
            for command in root.find_all(kind="command")
            for child in command.children()
            if child.kind() == "variable_assignment"
        }
        for node in root.find_all(kind="variable_assignment"):
            if node.range().start.index not in of_commands:
                self._add(node, 0)
        for node in root.find_all(kind="for_statement"):
            self._add(node, 1)
        for node in root.find_all(kind="expansion"):
            if any(child.kind() in (":=", "=") for child in node.children()):
                self._add(node, 1)

    def _add(self, node: SgNode, place: int) -> None:
        children = node.children()
        if place < len(children) and children[place].kind() == "variable_name":
            self._set.setdefault(children[place].text(), []).append((self.script, node))

    def exported(self) -> Mapping[str, str]:
        """Return the variables that matter to Celery, as the script sets them, over those from outside."""
        found: dict[str, str] = {}
        for name in self._set:
            if name.startswith("CELERY_") or name == "APP":
                values = [value for value in self.values(name) if isinstance(value, Text)]
                found[name] = values[0].value if len(values) == 1 else UNKNOWN
        return within(found, self._environment)

    def values(self, name: str) -> tuple[_Value, ...]:
        """Return what a variable may be; empty when that is not known."""
        if name not in self._known:
            if name in self._busy:
                return ()
            self._busy.add(name)
            # While a variable is worked out, one with several values inside it is not known.
            choice, self.choice = self.choice, None
            several, script = self.several, self.script
            self._known[name] = self._work_out(name)
            self.choice, self.several, self.script = choice, several, script
            self._busy.discard(name)
        return self._known[name]

    def _work_out(self, name: str) -> tuple[_Value, ...]:
        if name not in self._set:
            outside = self._environment.get(name)
            return () if outside is None else (Text.of([(outside, self.script.line())]),)
        found: list[_Value] = []
        for script, node in self._set[name]:
            self.script = script
            if node.kind() == "for_statement":
                found += self._looped(node)
            elif node.kind() == "expansion":
                found.append(_shortened(joined(self._default(node))))
            else:
                self._assign(name, node, found)
            if len(found) > MOST_VALUES:
                return ()
        unique = {value.value if isinstance(value, Text) else tuple([v.value for v in value]): value for value in found}
        return tuple(unique.values())

    def _assign(self, name: str, node: SgNode, found: list[_Value]) -> None:
        """Add the value of one assignment to those found so far; ``+=`` adds to each of them."""
        children = node.children()
        values = children[2:]
        if values and values[0].kind() == "array":
            value: _Value = tuple(self.words([v for v in values[0].children() if v.kind() not in ("(", ")")]))
        else:
            text = joined([piece for part in values for piece, _ in self._parts(part, True)])
            adds = _begins_with("".join([v.text() for v in values]).lstrip('"'), name)
            if adds and found:  # OPTIONS="$OPTIONS -P solo"
                text = text.cut(1, len(text.value)) if text.value[:1] in (UNKNOWN, MANY) else text
            value = _shortened(text)
            if adds and found:
                found[:] = [self._together(f, value) if isinstance(f, Text) else f for f in found]
                return
        if children[1].kind() == "+=" and found:
            for index, before in enumerate(found):
                if isinstance(before, Text) and isinstance(value, Text):
                    found[index] = self._together(before, value)
                elif isinstance(before, tuple):
                    self._file.spend(len(before))
                    found[index] = (*before, *(value if isinstance(value, tuple) else (value,)))
            return
        found.append(value)

    def _together(self, before: Text, added: Text) -> Text:
        self._file.spend(before.cost + added.cost)
        return _shortened(joined([before, added]))

    def _looped(self, node: SgNode) -> list[_Value]:
        words: list[SgNode] = []
        for child in node.children()[2:]:
            if child.kind() in (";", "do_group", "\n"):
                break
            if child.kind() != "in":
                words.append(child)
        return list(self.words(words)) if words else [self._unknown(node)]

    # -- words ---------------------------------------------------------------------------------------------------------

    def words(self, nodes: Iterable[SgNode]) -> list[Text]:
        """Return the words that nodes become: an unquoted variable may be several of them, or none."""
        words: list[Text] = []
        for node in nodes:
            current: list[Text] = []
            for text, splits in self._parts(node, False):
                self._file.spend(text.cost)
                if not splits:
                    current.append(text)
                    continue
                pieces = _split(text)
                for index, piece in enumerate(pieces):
                    if index:
                        words += _one_word(current)
                        current = []
                    if piece.value:
                        current.append(piece)
            words += _one_word(current)
        return words

    def _parts(self, node: SgNode, quoted: bool) -> list[tuple[Text, bool]]:
        """Return the texts that make up a word, each with whether white space in it divides the word."""
        if self._depth >= _DEEPEST_WORD:
            raise Stopped(TOO_DEEP)
        self._file.spend(STEP)
        self._depth += 1
        try:
            return self._of_kind(node, quoted)
        finally:
            self._depth -= 1

    def _of_kind(self, node: SgNode, quoted: bool) -> list[tuple[Text, bool]]:
        kind = node.kind()
        if kind in ("word", "number", "test_operator", "=="):
            return [(self._unescaped(node, _ESCAPED), False)]
        if kind == "raw_string":
            return [(self._cut(node, 1, 1), False)]
        if kind == "ansi_c_string":
            text = self._cut(node, 2, 1)
            text = Text.of([(piece.replace("\\n", "\n").replace("\\t", "\t"), line) for piece, line in text.pieces()])
            return [(text if "\\" not in text.value else self._unknown(node), False)]
        if kind in ("string", "translated_string"):
            return self._in_string(node)
        if kind in ("concatenation", "command_name"):
            return [part for child in node.children() for part in self._parts(child, quoted)]
        if kind == "simple_expansion":
            return self._expanded(node, node.children()[-1].text(), quoted)
        if kind == "expansion":
            return self._expansion(node, quoted)
        if kind in ("ERROR", "comment", "$"):
            return []
        return [(self._unknown(node, not quoted), False)]

    def _in_string(self, node: SgNode) -> list[tuple[Text, bool]]:
        span = node.range()
        place = span.start.index + node.text().find('"') + 1
        found: list[tuple[Text, bool]] = []
        for child in node.children():
            inside = child.range()
            if child.kind() in ('"', "$"):
                continue
            if inside.start.index > place:
                found.append((self.script.cut(place, inside.start.index), False))
            if child.kind() == "string_content":
                found.append((self._unescaped(child, _ESCAPED_IN_QUOTES), False))
            else:
                found += self._parts(child, True)
            place = inside.end.index
        if place < span.end.index - 1:
            found.append((self.script.cut(place, span.end.index - 1), False))
        return found or [(Text.of([("", self.script.line(span.start.index))]), False)]

    def _expanded(self, node: SgNode, name: str, quoted: bool) -> list[tuple[Text, bool]]:
        """Return the value of a variable."""
        if name in ("@", "*"):
            return [(self._unknown(node, True), False)]
        values = self.values(name)
        if len(values) > 1:
            self.several = max(self.several, len(values))
            values = () if self.choice is None or self.choice >= len(values) else values[self.choice : self.choice + 1]
        if not values:
            return [(self._unknown(node, not quoted), False)]
        (value,) = values
        if isinstance(value, Text):
            self._file.spend(value.cost)
            return [(value, not quoted)]
        # An array: its words, divided at spaces that no word of it has.
        self._file.spend(sum([word.cost for word in value]))
        texts = [text for word in value for text in (word, Text.of([(" ", word.line())]))][:-1]
        return (
            [(joined(texts), True)]
            if not any(_SPLIT.search(w.value) for w in value)
            else [(self._unknown(node, True), False)]
        )

    def _expansion(self, node: SgNode, quoted: bool) -> list[tuple[Text, bool]]:
        """Return the value of ``${…}``."""
        children = node.children()[1:-1]
        if not children:
            return [(self._unknown(node, not quoted), False)]
        first, kind = children[0], children[0].kind()
        operator = children[1].kind() if len(children) > 1 else ""
        name = first.text()
        whole = False
        if kind == "subscript":
            name, _, index = name.partition("[")
            whole = index in ("@]", "*]")
            if not whole:
                return [(self._unknown(node, not quoted), False)]
        elif kind not in ("variable_name", "special_variable_name"):
            return [(self._unknown(node, not quoted), False)]
        if operator in ("", ":?", "?") or (operator in (":-", "-", ":=", "=") and self.values(name)):
            return self._expanded(node, name, quoted and not whole)
        if operator in (":-", "-", ":=", "="):
            default = self._default(node)
            if any(text.value for text in default):
                return [(joined(default), not quoted)]
        return [(self._unknown(node, not quoted or whole), False)]

    def _default(self, node: SgNode) -> list[Text]:
        """Return what stands after the operator of ``${name:-default}``; the mark of the unknown for nothing."""
        nodes = [n for c in node.children()[3:-1] for n in (c.children() if c.kind() == "concatenation" else [c])]
        found = [
            self._cut(part, 0, 0) if part.kind() == "variable_name" else text  # the "short" of ${QUEUES:-short-running}
            for part in nodes
            for text, _ in self._parts(part, True)
        ]
        return found if any(text.value for text in found) else [self._unknown(node)]

    def _unknown(self, node: SgNode, many: bool = False) -> Text:
        return Text.of([(MANY if many else UNKNOWN, self.script.line(node.range().start.index))])

    def _cut(self, node: SgNode, before: int, after: int) -> Text:
        span = node.range()
        return self.script.cut(span.start.index + before, span.end.index - after)

    def _unescaped(self, node: SgNode, pattern: re.Pattern[str]) -> Text:
        text = self._cut(node, 0, 0)
        if "\\" not in text.value:
            return text
        pieces: list[Text] = []
        place = 0
        for found in pattern.finditer(text.value):
            pieces.append(text.cut(place, found.start()))
            if found[1] != "\n":
                pieces.append(text.cut(found.start(1), found.end(1)))
            place = found.end()
        return joined([*pieces, text.cut(place, len(text.value))])


def _split(text: Text) -> list[Text]:
    """Return the pieces of a text between white space; empty ones at an end say that there is space."""
    pieces: list[Text] = []
    place = 0
    for found in _SPLIT.finditer(text.value):
        pieces.append(text.cut(place, found.start()))
        place = found.end()
    return [*pieces, text.cut(place, len(text.value))]


def _begins_with(text: str, name: str) -> bool:
    """Say whether a text begins with the value of a variable: ``$name`` or ``${name}``."""
    start = next((start for start in (f"${name}", f"${{{name}}}") if text.startswith(start)), None)
    return start is not None and re.match(r"\w", text[len(start) : len(start) + 1]) is None


def _one_word(parts: list[Text]) -> list[Text]:
    return [joined(parts)] if parts else []


def _shortened(text: Text) -> Text:
    return text if len(text.value) <= _LONGEST else Text.of([(MANY, text.line())])


def shell_file(text: str, file: Reading) -> Iterator[StartCommand]:
    """Yield the workers that a shell script in a file of its own starts."""
    script = Text.of([(line + "\n", number) for line, number in lines_of(without_templates(text))])
    yield from start_commands(script, {}, file)
