"""Jobs of evaluation: once a minute whoever is due is evaluated anew, in the worker process."""

from procrastinate.contrib.django import app

EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="evaluation.follow", queueing_lock="evaluation.follow", lock="evaluation.follow")
def follow_the_facts(timestamp: int) -> None:
    """Evaluate anew whom the log of acts and the calendar bring up; pieces survive a kill."""
    from chengxin.evaluation.services import follow
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    del timestamp
    follow(by=Actor.system("evaluation.run"), on=today(), book=current_rulebook())
