"""Shapes of deployment files; each stands beside a task, and mentions Celery so that it is read."""

from __future__ import annotations

from benchmarks.growth.shape import Files, shape

_WORKER = "celery -A app.worker worker -P solo"


def _beside_a_task(path: str, text: str) -> Files:
    task = "from celery import Celery\n\napp = Celery('app')\n\n\n@app.task(time_limit=5)\ndef work():\n    return 1\n"
    return {"app/worker.py": task, path: text}


@shape(50)
def make_variables(size: int) -> Files:
    """Variables of a Makefile, each made of the next, twice; the last ones are used in a command."""
    lines = "".join([f"A{i}=$(A{i + 1})$(A{i + 1})\n" for i in range(size)])
    return _beside_a_task("Makefile", f"{lines}A{size}=\nrun:\n\t{_WORKER} $(A{size - 10})\n")


@shape(50)
def make_commands(size: int) -> Files:
    """Rules of a Makefile that each start a worker with a variable."""
    rules = "".join([f"run{i}:\n\t{_WORKER} $(OPTIONS)\n" for i in range(size)])
    return _beside_a_task("Makefile", f"OPTIONS=-Q mail -E\n{rules}")


@shape(50)
def shell_commands(size: int) -> Files:
    """Commands of a script that each start a worker with a variable."""
    return _beside_a_task("start.sh", "OPTIONS='-Q mail -E'\n" + f"{_WORKER} $OPTIONS\n" * size)


@shape(50)
def shell_variables(size: int) -> Files:
    """Variables of a script that are each set once and used once."""
    lines = "".join([f"Q{i}=mail{i}\n{_WORKER} -Q $Q{i}\n" for i in range(size)])
    return _beside_a_task("start.sh", lines)


@shape(25)
def compose_services(size: int) -> Files:
    """Services of a compose file that share an anchor."""
    services = "".join([f"  w{i}:\n    <<: *base\n    command: {_WORKER} -Q q{i}\n" for i in range(size)])
    return _beside_a_task("docker-compose.yml", f"x-base: &base\n  environment:\n    A: b\nservices:\n{services}")


@shape(500)
def merge_keys(size: int) -> Files:
    """Aliases in one merge key."""
    aliases = ", ".join(["*base"] * size)
    text = f"x-base: &base\n  image: app\nservices:\n  w:\n    <<: [{aliases}]\n    command: {_WORKER}\n"
    return _beside_a_task("docker-compose.yml", text)


@shape(100)
def docker_variables(size: int) -> Files:
    """Pairs of one ENV instruction."""
    pairs = " ".join([f"A{i}=b" for i in range(size)])
    return _beside_a_task("Dockerfile", f"FROM python\nENV {pairs}\nCMD {_WORKER}\n")


@shape(2000)
def long_word(size: int) -> Files:
    """Letters of one word after ENV, which could begin a pair at each of them."""
    return _beside_a_task("Dockerfile", f"FROM python\nENV {'a' * size}\nCMD {_WORKER}\n")


@shape(100)
def systemd_variables(size: int) -> Files:
    """Variables of a unit of systemd."""
    lines = "".join([f"Environment=A{i}=b\n" for i in range(size)])
    return _beside_a_task("celery.service", f"[Service]\n{lines}ExecStart=/usr/bin/{_WORKER}\n")


@shape(2000)
def interpolations(size: int) -> Files:
    """Beginnings of references of compose that never end."""
    return _beside_a_task("docker-compose.yml", f"services:\n  w:\n    command: {_WORKER} {'${a' * size}\n")


@shape(1000)
def templates(size: int) -> Files:
    """Empty templates."""
    return _beside_a_task("docker-compose.yml", f"services:\n  w:\n    command: {_WORKER}\n# {'{{}}' * size}\n")


@shape(1000)
def shell_quotes(size: int) -> Files:
    """Quotes in a row, which the grammar takes long for."""
    return _beside_a_task("start.sh", f"{_WORKER}\n{chr(34) * size}\n")


@shape(1000)
def yaml_brackets(size: int) -> Files:
    """Brackets in a row, which the grammar takes long for."""
    return _beside_a_task("docker-compose.yml", f"services:\n  w:\n    command: {_WORKER}\nx: {'[' * size}\n")


@shape(100)
def units_and_variables(size: int) -> Files:
    """Variables of a unit of systemd, and as many commands that could use each of them."""
    lines = "".join([f"Environment=A{i}=b\nExecStart=/usr/bin/{_WORKER}\n" for i in range(size)])
    return _beside_a_task("celery.service", f"[Service]\n{lines}")


@shape(50)
def environments(size: int) -> Files:
    """Variables around all jobs of a workflow, and as many jobs with one of their own."""
    around = "".join([f"  A{i}: b\n" for i in range(size)])
    jobs = "".join([f"  j{i}:\n    env: {{A: b}}\n    run: {_WORKER}\n" for i in range(size)])
    return _beside_a_task("deploy.yml", f"env:\n{around}jobs:\n{jobs}")


@shape(200)
def celery_words(size: int) -> Files:
    """Words of one command that could each be Celery's program."""
    return _beside_a_task("start.sh", f"watch {'celery ' * size}\n")


@shape(100)
def yaml_errors(size: int) -> Files:
    """Places of a YAML file that are in no syntax, among right ones."""
    return _beside_a_task("deploy.yml", f"{'k: v' + chr(10)}&a\n?\n" * size + f"run: {_WORKER}\n")


@shape(1000)
def lists_on_one_line(size: int) -> Files:
    """Lists on one line of YAML, each of whose places is found from the line's beginning."""
    return _beside_a_task("deploy.yml", f"run: {_WORKER}\nx: [{'[],' * size}]\n")


@shape(20)
def here_documents(size: int) -> Files:
    """Here-documents of a script, within which it is not divided."""
    texts = "".join([f"cat <<E{i}\n{'it is a text' + chr(10)}{'text ' * 40}\nE{i}\n" for i in range(size)])
    return _beside_a_task("start.sh", f"{texts}{_WORKER}\n")


@shape(20)
def open_here_documents(size: int) -> Files:
    """Here-documents that never end, among lines that could end them."""
    texts = "".join([f"cat <<E{i}\n{'text ' * 40}\nE\n" for i in range(size)])
    return _beside_a_task("start.sh", f"{texts}{_WORKER}\n")
