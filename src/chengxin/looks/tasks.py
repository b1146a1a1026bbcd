"""Jobs of looks: once a minute those made by SQL are entered into the chain of the log."""

from procrastinate.contrib.django import app

EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="looks.seal_sql", queueing_lock="looks.seal_sql")
def seal_looks_by_sql(timestamp: int) -> None:
    """They were written outside the chain; the subject sees them at once."""
    from datetime import timedelta

    from chengxin.kernel.clock import now
    from chengxin.looks.services import seal_sql

    del timestamp
    seal_sql(before=now() - timedelta(seconds=30))
