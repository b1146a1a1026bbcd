"""Jobs of intake: once a minute whatever is due runs, in the worker process.

The tables say what is due, not the jobs: a job that a kill left half-done is made up for by the
next minute's. What a job does is imported when it runs, for every process loads this module.
"""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

LOG = logging.getLogger(__name__)
EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="intake.channels", queueing_lock="intake.channels", pass_context=True)
def run_channels(context: JobContext, timestamp: int) -> None:
    """Run the channels that are due; told to stop, end between two files."""
    from chengxin.intake.services.channels.running import ChannelFailed, run_due
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    del timestamp
    ran = run_due(on=today(), book=current_rulebook(), stop=context.should_abort)
    for code, problem in ran.items():
        if problem is not None:
            unforeseen = problem.__cause__ if isinstance(problem, ChannelFailed) else None
            LOG.warning("channel %s: %s", code, problem, exc_info=unforeseen)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="intake.uploads", queueing_lock="intake.uploads")
def drop_abandoned_uploads(timestamp: int) -> None:
    """Let uploads expire that nobody completed."""
    from chengxin.intake.services.uploading import drop_expired

    del timestamp
    drop_expired()


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="intake.checks", queueing_lock="intake.checks", pass_context=True)
def check_files(context: JobContext, timestamp: int = 0) -> None:
    """Check the uploaded files that wait for it; asked for at once by whoever uploads one."""
    from chengxin.intake.services.checking import run_checks
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    del timestamp
    run_checks(on=today(), book=current_rulebook(), stop=context.should_abort)
