"""`chengxin worker`: run jobs 任务进程 until told to stop."""

import json

import click

from chengxin.site.startup import setup_django

JOBS_AT_ONCE = 2  # a check somebody waits for goes on beside a long reading


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@click.option("--once", is_flag=True, help="处理完现有任务即退出 End when no job is left.")
def worker(*, as_json: bool, once: bool) -> None:
    """只启动任务进程 Run the job worker only; SIGTERM lets the current job finish."""
    environment = setup_django()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from chengxin.policy.queries import current_rulebook
    from chengxin.site.editions import keep_current_edition, keep_what_is_taken_up
    from chengxin.site.fitness import check_database, refuse_known_officers, refuse_known_secrets

    refuse_known_secrets(environment)
    check_database()
    refuse_known_officers(environment)
    current_rulebook()
    keep_current_edition()
    keep_what_is_taken_up()
    if as_json:
        click.echo(json.dumps({"event": "started"}))
    connector = DjangoConnector().get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(
            wait=not once,
            concurrency=JOBS_AT_ONCE,
            name="chengxin",
            # The tables tell what happened; a job that went well need not be kept.
            delete_jobs="successful",
            # Told to stop, a job is asked to end at its next step; what it has done stays done.
            shutdown_graceful_timeout=1,
        )
    if as_json:
        click.echo(json.dumps({"event": "stopped"}))
