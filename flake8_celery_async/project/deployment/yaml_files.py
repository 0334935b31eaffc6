"""The workers that a YAML file starts: compose files, workflows, manifests of Kubernetes and Helm, and others.

What counts is the key: ``command``, ``args``, ``entrypoint``, ``run``, ``script``, ``startCommand`` and so on, at any
depth. The file is read with ast-grep's grammar, so that one broken place costs that place only; anchors, aliases and
merge keys are followed where a command or its environment needs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_celery_async.project.deployment import shell
from flake8_celery_async.project.deployment.command import StartCommand, within
from flake8_celery_async.project.deployment.grammar import parse_yaml
from flake8_celery_async.project.deployment.reading import STEP, TOO_DEEP, Reading, Stopped
from flake8_celery_async.project.deployment.text import UNKNOWN, Text, lines_of, without_templates

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_KEYS = re.compile(r"[\w.-]*(?:commands?|cmds?|entrypoint|args|script|run|exec|start|shell|processes)", re.IGNORECASE)
_WORDS = ("entrypoint", "command", "cmd", "args")
"""Keys whose values are the words of one command, in the order in which they are put together."""
_SCRIPT_LISTS = re.compile(r"(?i)script|commands|cmds|run|processes|shell")
"""Keys whose lists hold a command in each item."""
_ENVIRONMENTS = frozenset({"environment", "env", "envVars", "variables"})
_PAIRS = ("block_mapping_pair", "flow_pair")
_HOLDERS = ("block_mapping", "flow_mapping", "flow_sequence")
"""What has pairs: ``[a: b]`` too."""
_DEEPEST = 40
"""Levels above a command in which its environment is looked for, aliases that lead to aliases, and merge keys in what
merge keys bring in."""
_LONGEST_KEY = 200
_COLUMNS_PER_UNIT = 150
"""Characters of a line that ast-grep counts in the time of a unit of :mod:`.reading`. It counts those before a node
each time it is asked where the node is, so only the scalars that are read are asked."""
_DOCUMENT = re.compile(r"(?m)^(?=---|\.\.\.)")
_DIRECTIVE = re.compile(r"(?m)^%.*")
_INTERPOLATION = re.compile(r"\$(?:\$|\{(\w+)(?!\w)(?::?[-=]([^{}]*)|[^{}]*)\}|(\w+))")
_REFERENCE = re.compile(r"\$\((\w+)\)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "?", "e": "?", "a": "?", "b": "?", "f": "?", "v": "?"}


def start_commands(text: str, file: Reading) -> Iterator[StartCommand]:
    """Yield the workers that a file starts."""
    is_compose = (
        "compose" in file.path.rpartition("/")[2] or re.search(r"(?m)^services:[ \t]*(#.*)?$", text) is not None
    )
    line = 1
    for document in _DOCUMENT.split(_DIRECTIVE.sub("", without_templates(text))):
        if "celery" in document.lower():
            yield from _Document(document, line, file, is_compose).start_commands()
        line += document.count("\n")


class _Document:
    """One document of a file."""

    def __init__(self, text: str, line: int, file: Reading, is_compose: bool) -> None:
        self._source = Text.of([(found + "\n", number + line - 1) for found, number in lines_of(text)])
        self._root = parse_yaml(self._source.value, file)
        self._file = file
        self._is_compose = is_compose
        self._holders: dict[SgNode, SgNode | None] = {}
        """The mappings, and lists with pairs, in their order, each with the one it is in."""
        self._environments: dict[SgNode, Mapping[str, str]] = {}
        """By mapping, what it and those around it set."""
        self._mergers: dict[SgNode, dict[str, SgNode]] = {}
        """By mapping, the pairs that count in it."""
        self._merging: set[SgNode] = set()

    def start_commands(self) -> Iterator[StartCommand]:
        """Yield the workers that the document starts."""
        if self._root is None:
            return
        self._find_holders(self._root)
        for mapping in self._holders:
            pairs = [pair for pair in self._pairs(mapping) if _is_command(pair)]
            if any(_key(pair).lower() in _WORDS for pair in pairs):
                yield from self._container(mapping)
            for pair in pairs:
                value = self._value(pair)
                if value is not None and _key(pair).lower() not in _WORDS:
                    yield from self._scripts(value, _key(pair), mapping)

    def _find_holders(self, root: SgNode) -> None:
        """Enter the mappings of the document, each with what it is in."""
        waiting: list[tuple[SgNode, SgNode | None]] = [(root, None)]
        while waiting:
            node, around = waiting.pop()
            if node.kind() in _HOLDERS:
                self._holders[node] = around
                around = node
            waiting += [(child, around) for child in reversed(node.children())]

    def _container(self, mapping: SgNode) -> Iterator[StartCommand]:
        """Yield what the words of ``entrypoint``, ``command`` and ``args`` start, taken together or each for itself."""
        values = {key.lower(): self._value(pair) for key, pair in self._merged(mapping).items()}
        found = [value for key in _WORDS if (value := values.get(key)) is not None]
        environment = self._environment(mapping)
        ways = [self._ways(value, environment) for value in found]
        if all(len(way) == 1 for way in ways) and len(ways) > 1:
            together = shell.Ways([word for way in ways for word in way[0].words], environment)
            started = list(shell.started(together, self._file))
            if started:
                # An entrypoint may be shared through an anchor: what is a container's own is its arguments.
                line = ways[-1][0].words[0].line() if ways[-1][0].words else started[0].line
                yield from [replace(command, line=line) for command in started]
                return
        for value in found:
            yield from self._scripts(value, "command", mapping)

    def _scripts(self, value: SgNode, key: str, mapping: SgNode) -> Iterator[StartCommand]:
        """Yield what the value of one key starts: a script, a list of words or of scripts, a mapping of scripts."""
        environment = self._environment(mapping)
        kind = value.kind()
        if kind.endswith("_mapping"):
            if key.lower() in ("run", "processes"):  # heroku.yml
                for pair in self._pairs(value):
                    inner = self._value(pair)
                    if inner is not None and not inner.kind().endswith("_mapping"):
                        yield from self._scripts(inner, key, mapping)
        elif kind.endswith("_sequence") and _SCRIPT_LISTS.search(key):
            for item in self._items(value):
                if item.kind().endswith("_scalar"):
                    yield from shell.start_commands(self._script(item, environment), environment, self._file)
        else:
            for way in self._ways(value, environment):
                yield from shell.started(way, self._file)

    def _ways(self, value: SgNode, environment: Mapping[str, str]) -> list[shell.Ways]:
        """Return the words of the simple commands of a value."""
        if value.kind().endswith("_sequence"):
            words = [self._script(i, environment) for i in self._items(value) if i.kind().endswith("_scalar")]
            plain = [w if "$" not in w.value else _marked(w) for w in words]
            if len(plain) == 1 and " " in plain[0].value.strip():
                return list(shell.commands(words[0], environment, self._file))
            return [shell.Ways(plain, environment)]
        if value.kind().endswith("_scalar"):
            return list(shell.commands(self._script(value, environment), environment, self._file))
        return []

    def _script(self, scalar: SgNode, environment: Mapping[str, str]) -> Text:
        """Return the text of a scalar as the shell gets it."""
        text = self._scalar(scalar)
        if "$" not in text.value:
            return text
        if self._is_compose:
            return Text.of([(_INTERPOLATION.sub(_interpolated, piece), line) for piece, line in text.pieces()])

        def put(found: re.Match[str]) -> str:
            value = environment.get(found[1], found[0])
            self._file.spend(len(value) + STEP)
            return value

        return Text.of([(_REFERENCE.sub(put, piece), line) for piece, line in text.pieces()])

    # -- the tree ------------------------------------------------------------------------------------------------------

    def _value(self, pair: SgNode) -> SgNode | None:
        value = pair.field("value")
        return None if value is None else self._content(value)

    def _content(self, node: SgNode) -> SgNode | None:
        """Return the scalar, sequence or mapping of a node, also behind aliases."""
        for _ in range(_DEEPEST):
            children = node.children()
            self._file.spend(STEP * len(children))
            content = next((c for c in children if c.kind() not in ("anchor", "tag", "comment")), None)
            if content is None:
                return None
            if content.kind() == "plain_scalar":
                return content
            if content.kind() != "alias":
                return content
            found = self._anchors.get(content.text()[1:])
            if found is None:
                return None
            node = found
        return None

    @cached_property
    def _anchors(self) -> dict[str, SgNode]:
        assert self._root is not None
        found: dict[str, SgNode] = {}
        for anchor in self._root.find_all(kind="anchor"):
            parent = anchor.parent()
            if parent is not None:
                found.setdefault(anchor.text()[1:], parent)
        return found

    def _items(self, sequence: SgNode) -> Iterator[SgNode]:
        items = sequence.children()
        self._file.spend(STEP * len(items))
        for item in items:
            if item.kind() == "block_sequence_item":
                nodes = [child for child in item.children() if child.kind().endswith("_node")]
            else:
                nodes = [item] if item.kind() == "flow_node" else []
            for node in nodes:
                content = self._content(node)
                if content is not None:
                    yield content

    def _pairs(self, mapping: SgNode) -> list[SgNode]:
        children = mapping.children()
        self._file.spend(STEP * len(children))
        return [child for child in children if child.kind() in _PAIRS]

    def _merged(self, mapping: SgNode) -> Mapping[str, SgNode]:
        """Return the pairs that count in a mapping, by key: its own before those that its merge keys bring in."""
        if mapping not in self._mergers:
            if mapping in self._merging:
                return {}
            if len(self._merging) >= _DEEPEST:
                raise Stopped(TOO_DEEP)
            self._merging.add(mapping)
            self._mergers[mapping] = self._merge(mapping)
            self._merging.discard(mapping)
        return self._mergers[mapping]

    def _merge(self, mapping: SgNode) -> dict[str, SgNode]:
        brought: dict[str, SgNode] = {}
        own: dict[str, SgNode] = {}
        for pair in self._pairs(mapping):
            key = _key(pair)
            value = self._value(pair) if key == "<<" else None
            if key != "<<":
                own[key] = pair
            elif value is not None:
                parts = list(self._items(value)) if value.kind().endswith("_sequence") else [value]
                for part in reversed(parts):
                    if part.kind().endswith("_mapping"):
                        pairs = self._merged(part)
                        self._file.spend(STEP * len(pairs))
                        brought.update(pairs)
        return {**brought, **own}

    def _environment(self, mapping: SgNode) -> Mapping[str, str]:
        """Return the variables that a mapping and those around it set; the nearest one counts."""
        around: list[SgNode] = []
        current: SgNode | None = mapping
        while current is not None and current not in self._environments and len(around) < _DEEPEST:
            around.append(current)
            current = self._holders.get(current)
        if current is not None and current not in self._environments:
            self._file.pass_over(TOO_DEEP)
        found: Mapping[str, str] = self._environments.get(current, {}) if current is not None else {}
        for holder in reversed(around):
            found = self._environments[holder] = within(self._own_environment(holder), found)
        return found

    def _own_environment(self, mapping: SgNode) -> dict[str, str]:
        """Return the variables that a mapping itself sets."""
        return {
            name: text
            for key, pair in self._merged(mapping).items()
            if key in _ENVIRONMENTS and (value := self._value(pair)) is not None
            for name, text in self._variables(value)
        }

    def _variables(self, value: SgNode) -> Iterator[tuple[str, str]]:
        """Yield names and values of ``{A: b}``, ``[A=b]`` and ``[{name: A, value: b}]``."""
        if value.kind().endswith("_mapping"):
            for key, pair in self._merged(value).items():
                yield key, self._plain(self._value(pair))
        elif value.kind().endswith("_sequence"):
            for item in self._items(value):
                if item.kind().endswith("_mapping"):
                    inner = self._merged(item)
                    name, text = inner.get("name") or inner.get("key"), inner.get("value")
                    if name is not None:
                        yield self._plain(self._value(name)), self._plain(self._value(text)) if text else UNKNOWN
                else:
                    name_, equals, text_ = self._plain(item).partition("=")
                    yield name_, text_ if equals else UNKNOWN

    def _plain(self, value: SgNode | None) -> str:
        """Return the text of a scalar, with what is not in the file marked."""
        if value is None or not value.kind().endswith("_scalar"):
            return UNKNOWN
        return _INTERPOLATION.sub(_interpolated, self._scalar(value).value)

    # -- scalars -------------------------------------------------------------------------------------------------------

    def _scalar(self, node: SgNode) -> Text:
        span = node.range()
        self._file.spend((span.start.column + span.end.column) // (2 * _COLUMNS_PER_UNIT))
        text = self._source.cut(span.start.index, span.end.index)
        self._file.spend(text.cost)
        kind = node.kind()
        if kind == "block_scalar":
            return _block(text)
        if kind == "single_quote_scalar":
            return _mapped(_folded(text.cut(1, len(text.value) - 1)), lambda s: s.replace("''", "'"))
        if kind == "double_quote_scalar":
            return _mapped(_folded(text.cut(1, len(text.value) - 1), True), _unescaped)
        return _folded(text)


def _is_command(pair: SgNode) -> bool:
    return _KEYS.fullmatch(_key(pair)) is not None


def _key(pair: SgNode) -> str:
    """Return the key of a pair; "" when it is no scalar."""
    key = pair.field("key")
    scalar = next((c for c in key.children() if c.kind().endswith("_scalar")), None) if key is not None else None
    text = scalar.text().strip("\"'") if scalar is not None else ""
    return text if len(text) <= _LONGEST_KEY else ""


def _interpolated(found: re.Match[str]) -> str:
    """Return what compose puts for ``$$``, ``${NAME:-default}`` and ``$NAME``; the mark of the unknown by default."""
    if found[0] == "$$":
        return "$"
    return found[2] or UNKNOWN


def _marked(word: Text) -> Text:
    """Return a word that no shell expands: what is left in it for one is not known."""
    pieces = [(_INTERPOLATION.sub(_interpolated, piece), line) for piece, line in word.pieces()]
    return Text.of(pieces) if " " not in word.value else word


def _mapped(text: Text, change: Callable[[str], str]) -> Text:
    return Text.of([(change(piece), line) for piece, line in text.pieces()])


def _lines(text: Text) -> list[Text]:
    found: list[Text] = []
    place = 0
    for line in text.value.split("\n"):
        found.append(text.cut(place, place + len(line)))
        place += len(line) + 1
    return found


def _folded(text: Text, escapes: bool = False) -> Text:
    """Return a flow scalar with its line ends folded to spaces."""
    if "\n" not in text.value:
        return text
    pieces: list[tuple[str, int]] = []
    lines = _lines(text)
    glued = True
    for index, line in enumerate(lines):
        value = line.value
        value = value.lstrip() if index else value
        last = index == len(lines) - 1
        value = value if last else value.rstrip()
        if not value and not last:
            pieces.append(("\n", line.line()))
            glued = True
            continue
        continued = escapes and not last and value.endswith("\\") and not value.endswith("\\\\")
        value = value[:-1] if continued else value
        pieces.append((value if glued or not index else f" {value}", line.line()))
        glued = continued
    return Text.of(pieces)


def _block(text: Text) -> Text:
    """Return a block scalar, ``|`` or ``>``, without its indentation."""
    head, *lines = _lines(text)
    indents = [len(line.value) - len(line.value.lstrip(" ")) for line in lines if line.value.strip()]
    indent = min(indents, default=0)
    folds = head.value.startswith(">")
    pieces: list[tuple[str, int]] = []
    for line in lines:
        value = line.value[indent:]
        if not folds or value[:1] in ("", " ", "\t"):
            pieces.append((value + "\n", line.line()))
        else:
            pieces.append((value + " ", line.line()))
    return Text.of(pieces)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text)
