"""Jobs of measures: entries that came in propose their measures; the worker only proposes."""

from procrastinate.contrib.django import app

EVERY_MINUTE, EVERY_NIGHT = "* * * * *", "20 0 * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="measures.follow", queueing_lock="measures.follow", lock="measures.propose")
def follow_the_entries(timestamp: int) -> None:
    """Propose the measures of entries that came in since the last minute."""
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.clock import today
    from chengxin.measures.services import follow_entries
    from chengxin.policy.queries import current_rulebook

    del timestamp
    follow_entries(by=Actor.system("measures.propose"), on=today(), book=current_rulebook())


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="measures.nightly", queueing_lock="measures.nightly", lock="measures.propose")
def propose_of_all(timestamp: int) -> None:
    """Propose what is due of every entry held: a list or measure may have come into force."""
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.clock import today
    from chengxin.measures.services import propose_measures
    from chengxin.policy.queries import current_rulebook

    del timestamp
    propose_measures(by=Actor.system("measures.propose"), on=today(), book=current_rulebook())
