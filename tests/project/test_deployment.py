"""What deployment files say of the workers: each kind of file and each style, right and wrong ones."""

from __future__ import annotations

import time

import pytest

from flake8_celery_async.project.deployment.command import NOT_KNOWN, StartCommand
from flake8_celery_async.project.deployment.files import LARGEST, is_deployment, read
from flake8_celery_async.project.deployment.reading import TOO_LARGE


def only(path: str, text: str) -> StartCommand:
    (command,) = read(path, text).commands
    return command


def pools(path: str, text: str) -> list[str]:
    """Return ``line:pool`` of every worker; ``-`` for none written."""
    return [f"{c.line}:{c.pool or '-'}" for c in read(path, text).commands]


# -- the command line --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "app", "pool", "concurrency", "queues"),
    [
        ("celery -A shop worker", "shop", None, None, None),
        ("celery -A shop.celery:app worker -P gevent -c 200", "shop.celery:app", "gevent", 200, None),
        ("celery --app shop worker --pool solo --concurrency 1 --queues a,b", "shop", "solo", 1, ("a", "b")),
        ("celery --app=shop worker --pool=threads --concurrency=8 --queues=a", "shop", "threads", 8, ("a",)),
        ("celery -Ashop worker -Pgevent -c4 -Qa,b", "shop", "gevent", 4, ("a", "b")),
        ("celery -A shop worker -EPsolo -linfo", "shop", "solo", None, None),
        ("celery -A shop worker -EP solo", "shop", "solo", None, None),
        ("celery worker -A shop -P eventlet", "shop", "eventlet", None, None),
        ("celery worker --app=shop.celery -l info", "shop.celery", None, None, None),
        ("celery -b redis:// -A shop worker -n worker@%h -X slow -P processes", "shop", "processes", None, None),
        (
            "celery -A shop worker -P celery_aio_pool.pool:AsyncIOPool",
            "shop",
            "celery_aio_pool.pool:AsyncIOPool",
            None,
            None,
        ),
        ("celery -A shop worker -n -P -l info", "shop", None, None, None),
        ("celery -A shop worker --loglevel=info --time-limit 600 --pool=solo", "shop", "solo", None, None),
        ("celery -A shop worker -c auto", "shop", None, None, None),
        ("celery -A shop worker -c 2 -c 4", "shop", None, None, None),
        ("celery -A shop worker -P solo -P threads", "shop", NOT_KNOWN, None, None),
        ("celery -A shop worker -B -P solo", "shop", "solo", None, None),
        # before it
        ("python -m celery -A shop worker -P solo", "shop", "solo", None, None),
        ("python3.12 -u -m celery -A shop worker", "shop", None, None, None),
        ("/app/.venv/bin/celery -A shop worker -P solo", "shop", "solo", None, None),
        ("$VIRTUAL_ENV/bin/celery -A shop worker -P solo", "shop", "solo", None, None),
        ("exec celery worker -A shop", "shop", None, None, None),
        ("nohup celery worker &", None, None, None, None),
        ("poetry run celery worker", None, None, None, None),
        ("uv run --no-sync celery -A shop worker -P solo", "shop", "solo", None, None),
        ("pipenv run celery -A shop worker", "shop", None, None, None),
        ("env C_FORCE_ROOT=1 celery -A shop worker -P solo", "shop", "solo", None, None),
        ("C_FORCE_ROOT=1 DEBUG= celery -A shop worker -P solo", "shop", "solo", None, None),
        ("watchmedo auto-restart -d . -p '*.py' -R -- celery -A shop worker -P solo", "shop", "solo", None, None),
        ("watchmedo shell-command --command='celery -A shop worker -P solo' .", "shop", "solo", None, None),
        ("watchfiles 'celery -A shop worker -P solo' src", "shop", "solo", None, None),
        ("gosu app celery -A shop worker -P solo", "shop", "solo", None, None),
        ("su-exec app:app celery worker -A shop", "shop", None, None, None),
        ("dumb-init celery worker", None, None, None, None),
        ("tini -- celery worker -P solo", None, "solo", None, None),
        ("./wait-for-it.sh db:5432 -- celery -A shop worker -P solo", "shop", "solo", None, None),
        ("docker run image celery -A shop worker -P solo", "shop", "solo", None, None),
        ("nautobot-server celery worker -l INFO", None, None, None, None),
        ("coverage run -m celery -A shop worker", "shop", None, None, None),
        ("newrelic-admin run-program celery worker", None, None, None, None),
        ("sh -c 'celery -A shop worker -P solo'", "shop", "solo", None, None),
        ('bash -lc "cd app && exec celery -A shop worker -P solo"', "shop", "solo", None, None),
        ("su app -c 'celery -A shop worker -P solo'", "shop", "solo", None, None),
        ("eval celery -A shop worker -P solo", "shop", "solo", None, None),
        ("sh -c \"sh -c 'celery -A shop worker -P solo'\"", "shop", "solo", None, None),
        # around it
        ("cd app && celery -A shop worker -P solo 2>&1 | tee log", "shop", "solo", None, None),
        ("celery -A shop worker -P solo >> /var/log/x &", "shop", "solo", None, None),
        ("test -f x || celery -A shop worker -P solo; exit", "shop", "solo", None, None),
        ("(celery -A shop worker -P solo)", "shop", "solo", None, None),
        # quotes
        ("celery -A 'shop' worker -P \"solo\" -Q 'a,'b", "shop", "solo", None, ("a", "b")),
        ("celery -A shop worker --pool='solo'", "shop", "solo", None, None),
        # what is not in the file
        ("celery -A shop worker -P $POOL", "shop", NOT_KNOWN, None, None),
        ('celery -A "$APP" worker --pool="${POOL}" -c $N -Q $Q', None, NOT_KNOWN, None, None),
        ("celery -A shop worker --pool=$(cat pool)", "shop", NOT_KNOWN, None, None),
        ("celery -A shop worker $OPTIONS", "shop", NOT_KNOWN, None, None),
        ('celery -A shop worker "$@"', "shop", NOT_KNOWN, None, None),
        ("celery -A shop worker -P solo $OPTIONS", "shop", "solo", None, None),
        ("celery -A shop worker -l $LEVEL", "shop", None, None, None),
        ("celery -A shop worker --loglevel $LEVEL", "shop", None, None, None),
        ("celery -A shop worker -Q $A,b", "shop", None, None, None),
        ("celery -A shop worker ${POOL:+-P $POOL}", "shop", NOT_KNOWN, None, None),
        ("celery -A shop worker -P ${POOL%x}", "shop", NOT_KNOWN, None, None),
        ("celery -A shop worker -P {{ pool }}", "shop", NOT_KNOWN, None, None),
        # a default that is written out
        ("celery -A shop worker -P ${POOL:-gevent} -c ${N:-4}", "shop", "gevent", 4, None),
        ('celery -A shop worker --pool="${POOL:-gevent}"', "shop", "gevent", None, None),
        ("celery -A shop worker -Q ${Q-short-running,slow}", "shop", None, None, ("short-running", "slow")),
        ("celery -A shop worker -P ${POOL:-}", "shop", NOT_KNOWN, None, None),
        ("celery -A shop worker -P ${POOL:-$OTHER}", "shop", NOT_KNOWN, None, None),
        ("celery -A shop worker -P ${POOL:-${OTHER:-solo}}", "shop", "solo", None, None),
        # the environment
        ("CELERY_CUSTOM_WORKER_POOL=pools:Async celery -A shop worker -P custom", "shop", "pools:Async", None, None),
        ("CELERY_CUSTOM_WORKER_POOL=pools:Async celery -A shop worker", "shop", None, None, None),
        ("celery -A shop worker -P custom", "shop", "custom", None, None),
        ("CELERY_WORKER_POOL=solo celery -A shop worker", "shop", "solo", None, None),
        ("env CELERY_WORKER_POOL=solo celery -A shop worker", "shop", "solo", None, None),
        ("CELERY_APP=shop celery worker", "shop", None, None, None),
        # multi
        ("celery multi start w1 -A shop -P gevent -c 4", "shop", "gevent", 4, None),
        ("celery -A shop multi restart 3 --pool=solo", "shop", "solo", None, None),
        ("celery multi start 2 -A shop -Q:1 a -Q:2 b", "shop", None, None, None),
        ("python -m celery multi start w1 w2 -A shop -P:w1 solo -P:w2 gevent", "shop", "", None, None),
    ],
)
def test_command_line(
    line: str, app: str | None, pool: str | None, concurrency: int | None, queues: tuple[str, ...] | None
) -> None:
    found = read("start.sh", f"#!/bin/sh\n{line}\n").commands
    if pool == "":  # celery multi with a pool for each node
        assert {command.pool for command in found} == {"solo", "gevent"}
        return
    assert found == (StartCommand(app, pool, concurrency, queues, "start.sh", 2),)
    assert found[0].said == "start.sh:2"


@pytest.mark.parametrize(
    "line",
    [
        "# celery -A shop worker -P gevent",
        "true # celery -A shop worker -P gevent",
        'echo "celery -A shop worker -P gevent"',
        "echo celery -A shop worker -P gevent",
        "printf '%s' 'celery -A shop worker -P gevent'",
        "print_info celery -A shop worker -P gevent",
        'log "starting celery -A shop worker -P gevent"',
        "git commit -m 'celery -A shop worker -P gevent'",
        "pkill -f 'celery worker -A shop'",
        "pgrep -f celery worker -A shop",
        "ps aux | grep celery worker -A",
        "celery -A shop beat -l info",
        "celery -A shop flower --port=5555",
        "celery -A shop inspect ping",
        "celery -A shop status",
        "celery -A shop worker --help",
        "celery multi stop w1 -A shop",
        "celery multi show w1 -A shop -P gevent",
        "celery -A worker beat",
        "docker compose up -d redis celery worker",
        "docker-compose logs -f celery worker",
        "supervisorctl restart celery worker",
        "cat <<EOF\ncelery -A shop worker -P gevent\nEOF",
        "X='celery -A shop worker -P gevent'",
        "pip install celery worker",
        "celeryd-worker -A shop worker",
        "mycelery -A shop worker",
        "celery=1",
        "sh start-celery-worker.sh",
        "celery",
        "celery -A",
        "celery -A shop $COMMAND",
    ],
)
def test_no_start(line: str) -> None:
    assert read("start.sh", f"{line}\n").commands == ()


# -- shell scripts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("POOL=gevent\ncelery -A shop worker -P $POOL\n", ["2:gevent"]),
        ("export POOL='gevent'\ncelery -A shop worker --pool=${POOL}\n", ["2:gevent"]),
        ('readonly POOL="gevent"\ncelery -A shop worker --pool="$POOL"\n', ["2:gevent"]),
        ("POOL=${POOL:-gevent}\ncelery -A shop worker -P $POOL\n", ["2:gevent"]),
        (': "${POOL:=gevent}"\ncelery -A shop worker -P "$POOL"\n', ["2:gevent"]),
        ("A=gevent\nB=$A\ncelery -A shop worker -P $B\n", ["3:gevent"]),
        ("POOL=${1:-gevent}\ncelery -A shop worker -P $POOL\n", ["2:gevent"]),
        ("POOL=$1\ncelery -A shop worker -P $POOL\n", ["2:?"]),
        ("POOL=$(pool)\ncelery -A shop worker -P $POOL\n", ["2:?"]),
        ("A=$B\nB=$A\ncelery -A shop worker -P $A\n", ["3:?"]),
        ("if x; then\n  P=gevent\nelse\n  P=solo\nfi\ncelery -A shop worker -P $P\n", ["6:gevent", "6:solo"]),
        ("P=solo\nif x; then P=$(y); fi\ncelery -A shop worker -P $P\n", ["3:?", "3:solo"]),
        ("for p in solo threads; do\n  celery -A shop worker -P $p &\ndone\n", ["2:solo", "2:threads"]),
        ('OPTS="-A shop -P gevent"\ncelery worker $OPTS\n', ["2:gevent"]),
        ('OPTS="-A shop"\nOPTS="$OPTS -P gevent"\ncelery worker $OPTS\n', ["3:gevent"]),
        ('OPTS="-A shop"\nOPTS+=" -P gevent"\ncelery worker $OPTS\n', ["3:gevent"]),
        ('ARGS=(-A shop -P gevent)\ncelery worker "${ARGS[@]}"\n', ["2:gevent"]),
        ('ARGS=(-A shop)\nARGS+=(-P gevent)\ncelery worker "${ARGS[@]}"\n', ["3:gevent"]),
        ('Q=""\nif x; then Q="--queues=$Q"; fi\ncelery -A shop worker $Q\n', ["3:-"]),
        ('CMD="celery -A shop worker -P gevent"\nexec $CMD\n', ["1:gevent"]),
        ('CMD="celery -A shop worker -P gevent"\neval "$CMD"\n', ["1:gevent"]),
        ("celery \\\n  -A shop \\\n  worker \\\n  --pool=gevent\n", ["1:gevent"]),
        ("start() {\n  celery -A shop worker -P solo\n}\nstart\n", ["2:solo"]),
        ("case $1 in\n  a) celery -A shop worker -P solo ;;\n  b) celery -A shop worker ;;\nesac\n", ["2:solo", "3:-"]),
        ("sh -c '\ncd x\ncelery -A shop worker -P solo\n'\n", ["3:solo"]),
        ("export CELERY_CUSTOM_WORKER_POOL=pools:Async\ncelery -A shop worker -P custom\n", ["2:pools:Async"]),
        ("if x\ncelery -A shop worker -P solo\n((\n", ["2:solo"]),
        ("é=1; echo 'ünïcödé 😀'\ncelery -A shop worker -P solo\n", ["2:solo"]),
        ("true\r\ncelery -A shop worker -P solo\r\n", ["2:solo"]),
        ("celery -A shop worker -P solo", ["1:solo"]),
        ("echo ${{ x }}\ncelery -A shop worker {% if y %}-P solo{% endif %}\n", ["2:solo"]),
    ],
)
def test_shell(script: str, expected: list[str]) -> None:
    assert pools("bin/run.sh", script) == expected


# -- files by lines ----------------------------------------------------------------------------------------------------


def test_procfile() -> None:
    text = (
        "web: gunicorn shop.wsgi\n"
        "# worker: celery -A shop worker -P gevent\n"
        "worker: celery -A shop worker --pool=gevent -c 200 -Q mail\n"
        "slow-worker: newrelic-admin run-program celery -A shop worker -P ${POOL:-solo}\n"
        "beat: celery -A shop beat\n"
    )
    assert read("Procfile", text).commands == (
        StartCommand("shop", "gevent", 200, ("mail",), "Procfile", 3),
        StartCommand("shop", "solo", None, None, "Procfile", 4),
    )


def test_tables_of_scripts() -> None:
    text = (
        "[project]\nname = 'shop'\ndependencies = ['celery worker -P solo']\n"
        "[tool.poe.tasks]\n"
        'worker = "celery -A shop worker -P gevent -c 200"\n'
        "mail = { cmd = 'celery -A shop worker -P solo -Q mail', help = 'mail' }\n"
        "# old = 'celery -A shop worker -P threads'\n"
        "[tool.poe.tasks.slow]\nhelp = 'celery -A shop worker -P threads'\ncmd = 'celery -A shop worker'\n"
    )
    assert read("pyproject.toml", text).commands == (
        StartCommand("shop", "gevent", 200, None, "pyproject.toml", 5),
        StartCommand("shop", "solo", None, ("mail",), "pyproject.toml", 6),
        StartCommand("shop", None, None, None, "pyproject.toml", 10),
    )
    assert pools("fly.toml", "[processes]\nworker = 'celery -A shop worker -P solo'\n") == ["2:solo"]
    assert pools("railway.toml", "[deploy]\nstartCommand = 'celery -A shop worker -P solo'\n") == ["2:solo"]
    assert pools("railway.toml", "[build]\nstartCommand = 'celery -A shop worker -P solo'\n") == []
    assert read("pyproject.toml", '[tool.poe.tasks]\nx = """\ncelery worker\n"""\n').unread != ()


def test_makefile() -> None:
    text = (
        "POOL ?= gevent\n"
        "APP := shop.celery\n"
        "RUN = poetry run\n"
        "\n"
        "worker: deps ## celery -A shop worker\n"
        "\t# celery -A shop worker\n"
        "\t@echo celery -A shop worker\n"
        "\t@$(RUN) celery -A $(APP) worker \\\n"
        "\t\t--pool=${POOL} -c $$CONCURRENCY\n"
        "\n"
        "other:\n"
        "\t-cd app && celery -A shop worker -P $(OTHER)\n"
        "\tPOOL=solo; celery -A shop worker -P $$POOL\n"
    )
    assert read("Makefile", text).commands == (
        StartCommand("shop.celery", "gevent", None, None, "Makefile", 8),
        StartCommand("shop", NOT_KNOWN, None, None, "Makefile", 12),
        StartCommand("shop", "solo", None, None, "Makefile", 13),
    )


def test_systemd() -> None:
    text = (
        "[Unit]\n"
        "Description=celery -A shop worker -P threads\n"
        "[Service]\n"
        'Environment="POOL=gevent" APP=shop\n'
        "Environment=CELERY_CUSTOM_WORKER_POOL=pools:Async\n"
        "# ExecStart=/usr/bin/celery -A shop worker -P threads\n"
        "ExecStart=-/opt/venv/bin/celery -A shop.celery worker \\\n"
        "    --pool=${POOL} -n worker@%%h --logfile=/var/log/%n%I.log\n"
        "ExecStart=/bin/sh -c '${CELERY_BIN}/celery -A $APP multi start w1 -P custom $OPTS'\n"
        "ExecStop=/bin/sh -c 'celery multi stopwait w1'\n"
    )
    assert read("deploy/celery.service", text).commands == (
        StartCommand("shop.celery", "gevent", None, None, "deploy/celery.service", 7),
        StartCommand("shop", "pools:Async", None, None, "deploy/celery.service", 9),
    )


def test_supervisor() -> None:
    text = (
        "[supervisord]\n"
        'environment=POOL="solo",A="b"\n'
        "[program:worker]\n"
        ";command=celery -A shop worker -P threads\n"
        "command = celery -A shop worker -P gevent -n w@%%h ; celery\n"
        "[program:custom]\n"
        'environment=CELERY_CUSTOM_WORKER_POOL="pools:Async",\n'
        '    OTHER="%(ENV_X)s"\n'
        "command=%(ENV_VENV)s/bin/celery -A shop worker\n"
        "    -P custom\n"
        "    -c 4\n"
        "[program:fixed]\n"
        "command=bash -c 'celery -A shop worker -P $POOL'\n"
        "[program:beat]\n"
        "command=celery -A shop beat\n"
        "[eventlistener:x]\n"
        "command=celery -A shop worker -P threads\n"
    )
    assert read("supervisord.conf", text).commands == (
        StartCommand("shop", "gevent", None, None, "supervisord.conf", 5),
        StartCommand("shop", "pools:Async", 4, None, "supervisord.conf", 9),
        StartCommand("shop", "solo", None, None, "supervisord.conf", 13),
    )


def test_uwsgi() -> None:
    assert pools("uwsgi.ini", "[uwsgi]\nattach-daemon = celery -A shop worker -P solo\n") == ["2:solo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('CMD ["celery", "-A", "shop", "worker", "-P", "gevent"]\n', ["1:gevent"]),
        ('CMD [ "celery", \\\n  "-A", "shop", \\\n  "worker" ]\n', ["1:-"]),
        ("CMD celery -A shop worker -P gevent\n", ["1:gevent"]),
        ("cmd celery -A shop \\\n  # a comment\n  worker -P gevent\n", ["1:gevent"]),
        ('ENTRYPOINT ["celery"]\nCMD ["-A", "shop", "worker", "-P", "gevent"]\n', ["1:gevent"]),
        ('ENTRYPOINT ["/entrypoint.sh"]\nCMD ["celery", "-A", "shop", "worker", "-P", "gevent"]\n', ["2:gevent"]),
        ('ENTRYPOINT ["tini", "--"]\nCMD celery -A shop worker -P gevent\n', ["2:gevent"]),
        ('CMD ["sh", "-c", "celery -A shop worker -P gevent"]\n', ["1:gevent"]),
        ("ENV POOL=gevent\nCMD celery -A shop worker -P $POOL\n", ["2:gevent"]),
        ("ENV POOL gevent\nCMD celery -A shop worker -P $POOL\n", ["2:gevent"]),
        ("ARG POOL=gevent\nCMD celery -A shop worker -P ${POOL}\n", ["2:gevent"]),
        ("ARG POOL\nCMD celery -A shop worker -P ${POOL}\n", ["2:?"]),
        ('ENV POOL=gevent\nCMD ["celery", "-A", "shop", "worker", "-P", "$POOL"]\n', ["2:?"]),
        (
            'ENV A=1 \\\n    CELERY_CUSTOM_WORKER_POOL="pools:Async"\nCMD celery -A shop worker -P custom\n',
            ["3:pools:Async"],
        ),
        ("CMD celery -A shop worker -P solo\nCMD celery -A shop worker -P gevent\n", ["2:gevent"]),
        (
            "FROM a\nCMD celery -A shop worker -P solo\nFROM b\nCMD celery -A shop worker -P gevent\n",
            ["2:solo", "4:gevent"],
        ),
        ("# CMD celery -A shop worker\nRUN celery -A shop worker\nCMD celery -A shop beat\n", []),
        ("RUN <<EOF\nCMD celery -A shop worker\nEOF\nCMD true\n", []),
        ('HEALTHCHECK CMD celery -A shop inspect ping\nLABEL x="celery worker"\n', []),
        ('CMD ["celery", "-A", "shop", "worker"\n', []),
        ("CMD [[[[\n", []),
    ],
)
def test_dockerfile(text: str, expected: list[str]) -> None:
    assert pools("Dockerfile", text) == expected


# -- YAML --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # styles
        ("    command: celery -A shop worker -P gevent\n", ["3:gevent"]),
        ("    command: 'celery -A shop worker -P gevent'\n", ["3:gevent"]),
        ('    command: "celery -A shop worker -P gevent"\n', ["3:gevent"]),
        ('    command: ["celery", "-A", "shop", worker, \'-P\', gevent]\n', ["3:gevent"]),
        (
            "    command:\n      - celery\n      - -A\n      - shop\n      - worker\n      - --pool=gevent\n",
            ["4:gevent"],
        ),
        ("    command: >\n      celery -A shop\n      worker\n      --pool=gevent\n", ["4:gevent"]),
        ('    command: >-\n      sh -c "migrate &&\n      celery -A shop worker\n      --pool=gevent"\n', ["5:gevent"]),
        ("    command: |\n      migrate\n      celery -A shop \\\n        worker -P gevent\n", ["5:gevent"]),
        ("    command: celery -A shop\n      worker\n      -P gevent # here\n", ["3:gevent"]),
        ('    command: "celery -A shop \\\n      worker -P gevent"\n', ["3:gevent"]),
        ("    command: bash -c 'celery -A shop worker -P gevent'\n", ["3:gevent"]),
        ("    command: [sh, -c, 'celery -A shop worker -P gevent']\n", ["3:gevent"]),
        (
            "    command:\n      - sh\n      - -c\n      - |\n        a\n        celery -A shop worker -P gevent\n",
            ["8:gevent"],
        ),
        ("    entrypoint: celery -A shop worker -P gevent\n", ["3:gevent"]),
        ("    entrypoint: [celery]\n    command: [-A, shop, worker, -P, gevent]\n", ["4:gevent"]),
        ("    entrypoint: celery -A shop\n    command: worker -P gevent\n", ["4:gevent"]),
        ("    command: celery -A shop worker -P gevent\n    entrypoint: /entrypoint.sh\n", ["3:gevent"]),
        ("    entrypoint: ['/wait.sh', '--']\n    command: celery worker\n", ["4:-"]),
        # variables
        ("    command: celery -A shop worker -P ${POOL}\n", ["3:?"]),
        ("    command: celery -A shop worker -P ${POOL:-gevent}\n", ["3:gevent"]),
        ("    command: [celery, -A, shop, worker, -P, '${POOL-gevent}']\n", ["3:gevent"]),
        ("    command: celery -A shop worker -P $POOL\n    environment:\n      POOL: gevent\n", ["3:?"]),
        ("    command: sh -c 'celery -A shop worker -P $$POOL'\n    environment:\n      POOL: gevent\n", ["3:gevent"]),
        ("    command: sh -c 'celery -A shop worker -P $$POOL'\n    environment:\n      - POOL=gevent\n", ["3:gevent"]),
        ("    command: sh -c 'celery -A shop worker -P $$POOL'\n    environment:\n      - POOL\n", ["3:?"]),
        (
            "    command: celery worker -P custom\n    environment: {CELERY_CUSTOM_WORKER_POOL: 'pools:Async'}\n",
            ["3:pools:Async"],
        ),
        # no start
        ("    # command: celery -A shop worker\n", []),
        ("    command: celery -A shop beat\n", []),
        ("    healthcheck:\n      test: celery -A shop inspect ping\n", []),
        ("    description: celery -A shop worker -P gevent\n", []),
        ("    container_name: celery worker\n", []),
        ("    command: echo celery -A shop worker\n", []),
        ("    command:\n", []),
        ("    command: !reset\n", []),
        ("    command: *nowhere\n", []),
        ("    command: [celery, worker, [x]]\n", ["3:-"]),
    ],
)
def test_compose(text: str, expected: list[str]) -> None:
    assert pools("docker-compose.yml", f"services:\n  worker:\n{text}") == expected


def test_anchors_and_merge_keys() -> None:
    text = (
        "x-command: &command celery -A shop worker -P solo\n"
        "x-base: &base\n"
        "  environment: &env\n"
        "    CELERY_CUSTOM_WORKER_POOL: pools:Async\n"
        "  command: celery -A shop worker -P custom\n"
        "x-loop: &loop [*loop]\n"
        "services:\n"
        "  inherits:\n"
        "    <<: *base\n"
        "    image: x\n"
        "  overrides:\n"
        "    <<: [*base, *missing]\n"
        "    command: [celery, -A, shop, worker, -P, gevent]\n"
        "  merged:\n"
        "    environment:\n"
        "      <<: *env\n"
        "      OTHER: 1\n"
        "    command: celery -A shop worker -P custom -c 2\n"
        "  alias:\n"
        "    command: *command\n"
        "  loop:\n"
        "    command: *loop\n"
    )
    assert pools("compose.yaml", text) == ["1:solo", "5:pools:Async", "13:gevent", "18:pools:Async"]


def test_entrypoint_shared_through_an_anchor() -> None:
    text = (
        "x-celery: &celery\n"
        "  entrypoint: celery -A shop\n"
        "services:\n"
        "  beat:\n"
        "    <<: *celery\n"
        "    command: beat\n"
        "  mail:\n"
        "    <<: *celery\n"
        "    command: worker -P gevent\n"
        "  reports:\n"
        "    <<: *celery\n"
        "    command: [worker, -P, gevent]\n"
    )
    assert pools("compose.yaml", text) == ["9:gevent", "12:gevent"]


def test_workflow() -> None:
    text = (
        "name: celery -A shop worker\n"
        "env:\n"
        "  POOL: solo\n"
        "jobs:\n"
        "  test:\n"
        "    steps:\n"
        "      - name: celery -A shop worker -P threads\n"
        "        run: |\n"
        "          # celery -A shop worker -P threads\n"
        "          celery -A shop worker -P $POOL &\n"
        "          pytest\n"
        "      - run: celery -A shop worker -P ${{ matrix.pool }} --detach\n"
        "      - run: poetry run celery -A shop worker -P $OWN\n"
        "        env:\n"
        "          OWN: threads\n"
    )
    assert pools(".github/workflows/test.yml", text) == ["10:solo", "12:?", "13:threads"]


def test_kubernetes() -> None:
    text = (
        "kind: ConfigMap\n"
        "---\n"
        "kind: Deployment\n"
        "spec:\n"
        "  containers:\n"
        "    - name: worker\n"
        '      command: ["celery"]\n'
        "      args:\n"
        "        - -A\n"
        "        - shop\n"
        "        - worker\n"
        "        - --pool=$(POOL)\n"
        "      env:\n"
        "        - name: POOL\n"
        "          value: gevent\n"
        "      livenessProbe:\n"
        "        exec:\n"
        "          command: [celery, -A, shop, inspect, ping]\n"
        "    - name: other\n"
        '      command: ["/bin/sh", "-c"]\n'
        '      args: ["exec celery -A shop worker -P $POOL"]\n'
        "      env: [{name: POOL, valueFrom: x}]\n"
    )
    assert pools("k8s/worker.yaml", text) == ["9:gevent", "21:?"]


def test_helm() -> None:
    text = (
        "{{- if .Values.worker.enabled }}\n"
        "apiVersion: apps/v1\n"
        "metadata:\n"
        '  name: {{ include "shop.fullname" . }}-worker\n'
        "  labels:\n"
        '    {{- include "shop.labels" . | nindent 4 }}\n'
        "spec:\n"
        "  {{- with .Values.worker }}\n"
        "  containers:\n"
        "    - name: worker\n"
        "      command:\n"
        "        - celery\n"
        "        - -A\n"
        "        - {{ .app }}\n"
        "        - worker\n"
        "        - --pool={{ .pool }}\n"
        "        - -c\n"
        '        - "{{ .concurrency }}"\n'
        "    - name: second\n"
        '      args: ["celery", "-A", "shop", "worker", "-P", {{ .pool | default "solo" | quote }}]\n'
        "    - name: third\n"
        "      args:\n"
        "        - celery\n"
        "        - worker\n"
        "        - -P\n"
        "        {{- if .green }}\n"
        "        - gevent\n"
        "        {{- end }}\n"
        "  {{- end }}\n"
        "{{- end }}\n"
    )
    assert read("charts/templates/worker.yaml", text).commands == (
        StartCommand(None, NOT_KNOWN, None, None, "charts/templates/worker.yaml", 12),
        StartCommand("shop", "solo", None, None, "charts/templates/worker.yaml", 20),
        StartCommand(None, "gevent", None, None, "charts/templates/worker.yaml", 23),
    )


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("render.yaml", "services:\n  - type: worker\n    startCommand: celery -A shop worker -P solo\n", ["3:solo"]),
        ("render.yaml", "services:\n  - dockerCommand: celery -A shop worker -P solo\n", ["2:solo"]),
        ("heroku.yml", "run:\n  web: gunicorn\n  worker: celery -A shop worker -P solo\n", ["3:solo"]),
        (".gitlab-ci.yml", "test:\n  script:\n    - celery -A shop worker -P solo &\n    - pytest\n", ["3:solo"]),
        (".gitlab-ci.yml", "test:\n  variables: {P: solo}\n  script:\n    - celery -A shop worker -P $P\n", ["4:solo"]),
        ("Taskfile.yml", "tasks:\n  worker:\n    cmds:\n      - celery -A shop worker -P solo\n", ["4:solo"]),
        ("values.yaml", "worker:\n  args: [celery, -A, shop, worker, -P, solo]\n", ["2:solo"]),
        ("values.yaml", "worker:\n  workerCommand: celery -A shop worker -P solo\n", ["2:solo"]),
        ("app.yaml", "entrypoint: celery -A shop worker -P solo\n", ["1:solo"]),
        ("config/deploy.yml", "servers:\n  job:\n    cmd: bin/celery -A shop worker -P solo\n", ["3:solo"]),
        (
            "site.yml",
            "- name: celery worker\n  shell: celery -A shop worker -P solo\n  args:\n    chdir: x\n",
            ["2:solo"],
        ),
    ],
)
def test_other_yaml(path: str, text: str, expected: list[str]) -> None:
    assert pools(path, text) == expected


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("Procfile", "Procfile.dev", "start.sh", "run_worker.bash", "entrypoint", "docker-entrypoint", "start-worker"),
        *("docker-compose.yml", "compose.prod.yaml", ".gitlab-ci.yml", "render.yaml", "celery.service", "celery.conf"),
        *("supervisord.conf", "Dockerfile", "Dockerfile.worker", "worker.Dockerfile", "Containerfile", "Makefile"),
        *(
            "pyproject.toml",
            "fly.toml",
            "fly.prod.toml",
            "railway.toml",
            "dev.mk",
            "uwsgi.ini",
            "celery.service.j2",
            "worker.yaml.tmpl",
            "docker-compose.yml.example",
            "start",
        ),
    ],
)
def test_names_that_are_read(name: str) -> None:
    assert is_deployment(name)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs.rst",
        "tasks.py",
        "celery.txt",
        "notes",
        "app.js",
        "yaml",
        "x.yaml.bak",
        "start.py",
        "image.png",
    ],
)
def test_names_that_are_not_read(name: str) -> None:
    assert not is_deployment(name)
    assert read(name, "celery -A shop worker -P solo\n").commands == ()


BROKEN = {
    "a.sh": 'celery -A shop worker -P "solo\nif ((( $( ${ <<EOF\n',
    "a.yml": "a: [celery, &\n  - ]: {{{ *x ?\n\t- b: 'c\ncommand: celery -A",
    "Dockerfile": 'FROM celery\nCMD ["celery", \\',
    "Makefile": "\tcelery worker \\\n$(((",
    "a.service": "ExecStart=celery \\\n[[[Service",
    "a.conf": "[program:celery\n  x\ncommand=\n=celery",
    "Procfile": "worker: celery '\n:\n",
}


@pytest.mark.parametrize("path", BROKEN)
def test_broken_files_cost_their_own_facts_only(path: str) -> None:
    text = BROKEN[path]
    for end in range(len(text)):
        read(path, text[:end])
    read(path, text + "\0\ud800\ue000\ue001\u2028\x85")


NEXT = "\ncommand: celery -A shop worker\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yml", "- " * 2_000 + NEXT),
        ("a.yml", "? " * 2_000 + NEXT),
        ("a.yml", "".join(" " * depth + "a:\n" for depth in range(500)) + NEXT),
        ("a.yml", "[" * 50_000 + NEXT),
        ("a.yml", "{a: " * 20_000 + NEXT),
        ("a.yml", "a: &a [*a, *a]\n" * 5_000 + NEXT),
        ("a.yml", "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], env: {{}}}}\n" for n in range(60)) + NEXT),
        ("a.yml", "command: celery -A shop worker\n---\n" * 3_000),
        ("a.yml", "a:\n- command: celery -A shop worker\n  env: {a: b}\n" * 2_000),
        ("a.yml", "{{ " * 50_000 + "celery"),
        ("a.sh", "celery |" * 30_000),
        ("a.sh", "x=(" * 60_000 + "celery"),
        ("a.sh", "".join(f"A{n}=$A{n - 1}$A{n - 1}\n" for n in range(200)) + "celery -A $A199 worker\n"),
        ("a.sh", "celery -A shop worker\n" * 10_000),
        ("a.sh", "A=celery\nA+=$A\n" * 5_000 + "$A\n"),
        ("a.sh", 'sh -c "' * 5_000 + "celery worker"),
        ("Makefile", "A = $(A)$(A)\nx:\n\tcelery -A $(A) worker\n"),
        ("Makefile", "x:\n" + "\tcelery $( \\\n" * 10_000),
        ("a.conf", "[program:x]\n" + "command=celery\n  worker\n" * 5_000),
        ("Dockerfile", 'ENV A="' + "\\" * 100_000 + "\nCMD celery -A shop worker\n"),
    ],
    ids=range(20),
)
def test_hostile_files_are_read_in_time(path: str, text: str) -> None:
    start = time.process_time()
    read(path, text[:LARGEST])
    assert time.process_time() - start < 5


def test_large_files_are_passed_over() -> None:
    line = "worker: celery -A shop worker -P solo\n"
    assert pools("Procfile", line) == ["1:solo"]
    found = read("Procfile", line + "#" * LARGEST)
    assert found.commands == ()
    assert [unread.reason for unread in found.unread] == [TOO_LARGE]
    assert read("Procfile", "worker: gunicorn shop\n" + "#" * LARGEST).unread == ()
