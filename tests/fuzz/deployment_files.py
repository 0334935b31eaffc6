"""Random deployment files of every kind: right ones, mutated ones, and what no person would write.

Short ones are for what breaks, long ones for what takes long or ends the process: one or a few tokens many times over,
levels in levels, values made of values.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from flake8_celery_async.project.deployment.files import LARGEST


class _Kind(NamedTuple):
    """One kind of deployment files."""

    names: tuple[str, ...]
    tokens: tuple[str, ...]
    right: tuple[str, ...]
    """Files as people write them."""


_WORKER = (
    *(
        "celery -A shop worker",
        "celery -A shop worker -P gevent -c 4",
        "celery",
        " worker",
        " -P solo",
        " -Q a,b",
        " -P ",
    ),
    *(
        " -c ",
        " -A shop",
        "celery multi start 2 -P:1 solo",
        "python -m celery worker",
        "exec ",
        "sh -c ",
        "$POOL",
        "elery",
    ),
)
_WHITE = ("\n", "\n", "\n", " ", "  ", "\t", "\\\n", "\r\n", "\r", "\n\n")
_ODD = (
    "\0",
    "\udcff",
    "\ue000",
    "\ue001",
    "\u2028",
    "\x85",
    "\x0c",
    "\ufeff",
    "é",
    "\U0001f40d",
    "\x1b[2J",
    "9" * 5_000,
)
_TEMPLATES = (
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{ x }}",
    "{% if x %}",
    "{{ p | default('solo') }}",
    "{{-",
    "default ",
)
_QUOTES = ('"', "'", '"a"', "'b'", "\\", '\\"', "`")
_COMMON = (*_WORKER, *_WHITE, *_ODD, *_TEMPLATES, *_QUOTES, "#", "# x\n", "a", "A", "=", ":", "-", "1", "%", "@", "*")

_SHELL = (
    *(
        "$",
        "${",
        "}",
        "$(",
        ")",
        "(",
        "((",
        "))",
        "$((",
        "$[",
        "]",
        "[",
        "[[",
        "]]",
        "{",
        "|",
        "||",
        "&",
        "&&",
        ";",
        ";;",
    ),
    *(
        "<",
        ">",
        "<<",
        "<<<",
        "<<EOF\n",
        "<<-A ",
        "EOF\n",
        "2>&1 ",
        "&>",
        "<(",
        "=(",
        "+=",
        "A=",
        "A=$A",
        "A+=x\n",
        "$A",
        "${A}",
    ),
    *(
        "${A:-",
        "${A[@]}",
        "${A:=b}",
        "${#",
        "${!",
        "$@",
        '"$@"',
        "$1",
        "$'",
        '$"',
        "!",
        "++",
        "--",
        "~",
        "^",
        "?(",
        "{a,",
    ),
    *(
        "if ",
        "then\n",
        "fi\n",
        "for A in ",
        "do\n",
        "done\n",
        "case $A in\n",
        "esac\n",
        "while ",
        "until ",
        "function ",
        "a() {\n",
    ),
    *("select ", "coproc ", "export ", "local ", "declare -a ", "eval ", "su -c ", "time ", "export CELERY_APP=x\n"),
)
_YAML = (
    *(
        "- ",
        "? ",
        ": ",
        ":\n",
        "a: ",
        "b:\n",
        "  ",
        "    ",
        "*a ",
        "*b",
        "&a ",
        "&b ",
        "!a ",
        "!!x",
        "!<",
        "|\n",
        ">-\n",
        "---\n",
    ),
    *(
        "...\n",
        "%YAML 1.2\n",
        "[",
        "]",
        "{",
        "}",
        ",",
        "<<: *a\n",
        "<<: [*a, *b]\n",
        "<<: ",
        "a: b\n",
        "''",
        "~",
        "null\n",
    ),
    *(
        "command: ",
        "command:\n",
        "args: [",
        "entrypoint: ",
        "run: |\n",
        "script:\n- ",
        "environment:\n",
        "env:\n",
        "services:\n",
    ),
    *(
        "- name: POOL\n",
        "value: solo\n",
        "${A",
        "${A:-b}",
        "$(A)",
        "$$",
        "run:\n",
        "x: &a {",
        "startCommand: ",
        "[a, ",
        "{a: ",
    ),
)
_KINDS = {
    "shell": _Kind(
        ("start.sh", "entrypoint", "bin/run_worker.bash", "entrypoint.sh.j2"),
        _SHELL,
        (
            "#!/bin/sh\nset -e\nPOOL=${POOL:-solo}\nOPTIONS='-Q mail -E'\nif [ \"$1\" = worker ]; then\n"
            '  exec celery -A shop worker -P "$POOL" $OPTIONS\nfi\ncat <<EOF\n$POOL\nEOF\n',
            'WORKERS=(a b)\nfor w in "${WORKERS[@]}"; do\n  celery -A shop worker -n $w -P gevent &\ndone\nwait\n',
            "case $1 in\n  w) sh -c 'celery -A shop worker -P solo' ;;\n  *) exec \"$@\" ;;\nesac\n",
        ),
    ),
    "yaml": _Kind(
        ("docker-compose.yml", "k8s/worker.yaml", ".gitlab-ci.yml", "charts/w.yaml.tpl", "heroku.yml"),
        (*_YAML, *_SHELL[:24]),
        (
            "x-base: &base\n  image: shop\n  environment: {POOL: solo}\nservices:\n  mail:\n    <<: *base\n"
            "    command: celery -A shop worker -P ${POOL:-gevent} -Q mail\n  web:\n    command: [gunicorn, shop]\n",
            "kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n      - name: w\n        env:\n"
            "        - name: POOL\n          value: solo\n        command: [celery, -A, shop]\n"
            "        args: [worker, -P, $(POOL)]\n---\nkind: Service\n",
            "test:\n  script:\n  - |\n    export POOL=solo\n    celery -A shop worker -P $POOL\n"
            "  - >-\n    celery\n    worker\n",
        ),
    ),
    "dockerfile": _Kind(
        ("Dockerfile", "worker.Dockerfile", "Containerfile"),
        (
            *(
                "FROM x\n",
                "FROM x AS y\n",
                "ENV ",
                "ENV A=b ",
                "ENV A b\n",
                "ARG A=",
                "CMD ",
                "CMD [",
                "ENTRYPOINT ",
                "RUN <<EOF\n",
            ),
            *(
                "EOF\n",
                "COPY <<a b\n",
                '["celery", "-A", "shop", "worker"]\n',
                '"worker", ',
                "[",
                "]",
                ",",
                "A=",
                '="',
                "<<",
            ),
        ),
        (
            'FROM python:3.13 AS base\nENV POOL=solo \\\n    A="b c"\nENTRYPOINT ["celery", "-A", "shop"]\n'
            'CMD ["worker", "-P", "solo"]\nFROM base\nCMD celery -A shop worker -P $POOL\n',
        ),
    ),
    "makefile": _Kind(
        ("Makefile", "dev.mk", "GNUmakefile"),
        (
            *(
                "$(A)",
                "${A}",
                "$$",
                "$(",
                "A = ",
                "A := $(A)",
                "A += x\n",
                "B=$(A)$(A)\n",
                "export ",
                "run:\n\t",
                "\t",
                "\t@-",
                "override ",
            ),
            *_SHELL[:30],
        ),
        (
            "POOL ?= solo\nCELERY = celery -A shop\n\n.PHONY: w\nw: db\n"
            "\t@$(CELERY) worker \\\n\t  -P $(POOL) -c $$(nproc)\n",
        ),
    ),
    "ini": _Kind(
        ("celery.service", "supervisord.conf", "uwsgi.ini"),
        (
            *(
                "[Service]\n",
                "[program:x]\n",
                "[supervisord]\n",
                "[",
                "]",
                "ExecStart=",
                "command=",
                "attach-daemon = ",
                "cmd = ",
            ),
            *(
                "Environment=",
                "environment=",
                'A="b",',
                "A=b ",
                '"A=b c"',
                "%(x)s",
                "%%",
                "%(",
                "%h",
                ";",
                " ;",
                "[watcher:x]\n",
            ),
        ),
        (
            "[Unit]\nAfter=x\n[Service]\nEnvironment=POOL=solo 'A=b c'\n"
            'ExecStart=/bin/sh -c "celery -A shop \\\n  worker -P ${POOL}"\n',
            '[supervisord]\nenvironment=A="b",C=\'d\'\n[program:w]\nenvironment=POOL="solo"\n'
            "command=celery -A shop worker -P %(ENV_POOL)s ; x\n  -Q mail\n",
        ),
    ),
    "procfile": _Kind(
        ("Procfile", "Procfile.dev"),
        ("web: ", "worker: ", "x:", *_SHELL[:40]),
        ("web: gunicorn shop\nworker: celery -A shop worker -P ${POOL:-solo} -c 2\n",),
    ),
}


def deployment_files(random: Random) -> dict[str, str]:
    """Return one to three deployment files by path; bytes that are no UTF-8 stand in them as lone surrogates."""
    kinds = random.sample(tuple(_KINDS.values()), random.randint(1, 3))
    return {random.choice(kind.names): _file(kind, random) for kind in kinds}


def _file(kind: _Kind, random: Random) -> str:
    text = random.choice((_soup, _soup, _mutated, _mutated, _repeated, _nested, _expanding))(kind, random)
    return "".join(random.sample((f"{text}\n", random.choice((*kind.right, "# celery\n"))), 2))[:LARGEST]


def _size(random: Random) -> int:
    """Return a length in characters: most are short, the longest a quarter of what a file may have."""
    return int(10 ** (random.uniform(3, 4.8) if random.random() < 0.15 else random.uniform(1, 3)))


def _soup(kind: _Kind, random: Random) -> str:
    """Return tokens in any order, from all or from a few of them."""
    tokens = (*kind.tokens, *_COMMON)
    tokens = random.choice((tokens, tuple(random.sample(tokens, random.randint(2, 8)))))
    return "".join(random.choices(tokens, k=_size(random) // 4))


def _mutated(kind: _Kind, random: Random) -> str:
    """Return a right file, perhaps many times over, in which places were cut, repeated or replaced by tokens."""
    text = random.choice(kind.right) * random.choice((1, 1, 1, 1, 1, random.randint(2, 200)))
    for _ in range(random.randint(1, 12)):
        start = random.randint(0, len(text))
        end = min(start + random.choice((0, 1, random.randint(0, 40))), len(text))
        put = random.choice(("", text[start:end] * 2, random.choice(kind.tokens), random.choice(_COMMON)))
        text = text[:start] + put + text[end:]
    return text


def _repeated(kind: _Kind, random: Random) -> str:
    """Return one to four tokens many times over."""
    unit = "".join(random.choices(random.choice((kind.tokens, _COMMON)), k=random.randint(1, 4)))
    return unit * (_size(random) // len(unit) + 1)


def _nested(kind: _Kind, random: Random) -> str:
    """Return levels in levels, by brackets or by indentation, closed or not."""
    depth = random.choice((random.randint(2, 50), random.randint(50, 3_000)))
    opening, closing = random.choice(
        (
            *(
                ("(", ")"),
                ("[", "]"),
                ("{", "}"),
                ("{a: ", "}"),
                ("[a, ", "]"),
                ("$(", ")"),
                ("${A:-", "}"),
                ("`", "`"),
            ),
            *(
                ('sh -c "', '"'),
                ("if a; then\n", "fi\n"),
                ("case a in a)\n", "esac\n"),
                ("- ", ""),
                ("? ", ""),
                ("a() {\n", "}\n"),
            ),
            *(
                ("x=(", ")"),
                ("<(", ")"),
                ("((", "))"),
                ("&a ", ""),
                ("!a ", ""),
                ("- ? ", ""),
                ("a: - ", ""),
                ("[{", "}]"),
            ),
        )
    )
    if random.random() < 0.3:
        step = random.choice((" ", "  ", "- ", "\t"))
        return "".join(
            [f"{step * level}{opening}{random.choice(('a:', '-', ''))}\n" for level in range(min(depth, 400))]
        )
    middle = random.choice(("", "a", *_WORKER))
    return opening * depth + middle + closing * random.choice((0, depth, depth // 2))


def _expanding(kind: _Kind, random: Random) -> str:
    """Return values made of values, used in a command."""
    count, times = random.randint(1, 60), random.choice((1, 2, 90))
    set_, use = random.choice(
        (("A{}={}\n", "$(A{})"), ("A{}={}\n", "$A{}"), ('A{}="{}"\n', "${{A{}:-x}}"), ("A{}=({})\n", " ${{A{}[@]}}"))
    )
    if kind is _KINDS["yaml"]:
        set_, use = random.choice((("a{0}: &a{0} {{<<: [{1}]}}\n", "*a{}, "), ("a{0}: &a{0} [{1}]\n", "*a{}, ")))
    lines = [set_.format(i, use.format(max(i - random.choice((0, 1, 1, 1)), 0)) * times) for i in range(count)]
    last = use.format(count - 1)
    command = random.choice(
        ("run:\n\tcelery worker {}\n", "celery worker -P {}\n", "x: celery worker {}\n", "command: celery {}\n")
    )
    if kind is _KINDS["yaml"]:
        command = random.choice(
            ("s: {{<<: [{}], command: celery worker}}\n", "command: [celery, {}]\n", "env: [{}]\ncommand: celery\n")
        )
    return "".join(lines) + command.format(last) * random.choice((1, 1, 1, 500))
