"""Random deployment files."""

from __future__ import annotations

from random import Random

_NAMES = (
    "Dockerfile",
    "compose.yaml",
    "Procfile",
    "Makefile",
    "start.sh",
    "worker.service",
    "supervisord.conf",
    "k8s.yml",
)
_PIECES = (
    *(
        "celery -A app worker",
        " -P gevent",
        " -P ",
        " -Q a,b",
        " -c 4",
        "$POOL",
        "${POOL:-solo}",
        "${A:?x}",
        "$(A)",
        "\\\n",
    ),
    *(
        "FROM x\n",
        "CMD ",
        '["celery", "-A", "app", "worker"]',
        "ENV A=b\n",
        "ENTRYPOINT ",
        "services:\n  w:\n",
        "    command: ",
    ),
    *(
        "A=",
        "B := ",
        "run:\n\t",
        "web: ",
        "[Service]\n",
        "ExecStart=",
        "Environment=",
        "[program:x]\ncommand=",
        "&a ",
        "*a",
        "<<: ",
    ),
    *(
        "- ",
        ": ",
        "\n",
        "\n",
        "\n",
        " ",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "<<EOF\n",
        "EOF\n",
        "`",
        "|",
        "&&",
        ";",
        "#",
        "\t",
    ),
    *(
        "{{ x }}",
        "{% if x %}",
        "if true; then\n",
        "fi\n",
        "for i in a b; do\n",
        "done\n",
        "\x00",
        "\r",
        "é",
        "\ufeff",
        "!!python/x ",
    ),
)


def soup(random: Random) -> dict[str, str]:
    """Return deployment files by path."""
    return {
        random.choice(_NAMES): "".join(random.choices(_PIECES, k=random.randint(1, 60)))
        for _ in range(random.randint(1, 3))
    }
