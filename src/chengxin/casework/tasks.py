"""Jobs of cases: clocks every hour, the proof of retention every night, in the worker process."""

from procrastinate.contrib.django import app

HOURLY, NIGHTLY = "7 * * * *", "23 2 * * *"


@app.periodic(cron=HOURLY)
@app.task(name="casework.watch", queueing_lock="casework.watch")
def watch_clocks(timestamp: int) -> None:
    """Remind of what is nearly due; escalate what is overdue."""
    from chengxin.casework.services import watch
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    del timestamp
    watch(by=Actor.system("casework.watch"), on=today(), book=current_rulebook())


@app.periodic(cron=NIGHTLY)
@app.task(name="casework.retention", queueing_lock="casework.retention")
def prove_retention_nightly(timestamp: int) -> None:
    """Prove that nothing adverse is shown or used past its end."""
    from chengxin.casework.services import prove_retention
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    del timestamp
    prove_retention(by=Actor.system("casework.prove"), on=today(), book=current_rulebook())
