"""How many connections to the database each worker process of the program has open, as its server counts them."""

from __future__ import annotations

import psycopg
from celery import shared_task

import tasks


@shared_task
def after(calls: int) -> int:
    """Call the program's task, then count the connections of its database but for this one."""
    for _ in range(calls):
        tasks.report.run()
    with psycopg.connect("", connect_timeout=10) as connection:
        row = connection.execute("select count(*) - 1 from pg_stat_activity where datname = 'shop'").fetchone()
    assert row
    return int(row[0])
