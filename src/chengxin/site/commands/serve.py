"""`chengxin serve`: everything that is needed, started in order and stopped in order."""

import json
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from importlib.util import find_spec

import click

from chengxin.site.environment import Environment
from chengxin.site.errors import NoAnswer, PortInUse
from chengxin.site.fitness import refuse_known_secrets
from chengxin.site.processes import Children, web_command, worker_command
from chengxin.site.startup import setup_django

_ANSWER_SECONDS = 60
_ASK_EVERY_SECONDS = 0.1
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  compared with, not listened on


@dataclass
class Progress:
    """Tells the operator how far the start has come, in words or as JSON lines."""

    as_json: bool
    began: float = field(default_factory=time.monotonic)

    def say(self, event: str, text: str, **facts: object) -> None:
        """Report one step, with the seconds since the start."""
        seconds = round(time.monotonic() - self.began, 1)
        if self.as_json:
            click.echo(json.dumps({"event": event, "seconds": seconds} | facts, ensure_ascii=False))
        else:
            click.echo(f"[{seconds:6.1f} s] {text}")
        sys.stdout.flush()


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def serve(*, as_json: bool) -> None:
    """启动网站、任务进程和内置数据库 Start everything and keep it running; Ctrl-C stops it."""
    environment = Environment.read()
    refuse_known_secrets(environment)
    _refuse_taken_port(environment)
    progress = Progress(as_json)
    progress.say("starting", "启动数据库 Starting the database …")
    setup_django()
    _prepare(environment, progress)
    children = Children()
    try:
        children.start("web", web_command(environment))
        _wait_for_answer(environment, children)
        children.start("worker", worker_command())  # after the first page, not beside it
        _announce(environment, progress)
        children.watch()
    except (KeyboardInterrupt, SystemExit):
        progress.say("stopping", "正在停止 Stopping …")
    finally:
        # Being stopped: a second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        children.stop()


def _prepare(environment: Environment, progress: Progress) -> None:
    from chengxin.policy.queries import current_rulebook
    from chengxin.site.assets import gather_assets
    from chengxin.site.demonstration import seed_if_needed
    from chengxin.site.editions import keep_current_edition, unreleased_edition
    from chengxin.site.fitness import check_database, refuse_known_officers
    from chengxin.site.migration import apply_migrations

    server = check_database()
    progress.say("database", f"数据库已就绪 The database is up: PostgreSQL {server}", server=server)
    applied = apply_migrations()
    progress.say("migrated", f"数据库结构 Migrations applied: {len(applied)}", applied=len(applied))
    refuse_known_officers(environment)
    edition = current_rulebook().edition_short
    keep_current_edition()
    progress.say("rulebook", f"规则库版本 Rulebook edition: {edition}", edition=edition)
    if waiting := unreleased_edition():
        text = (
            f"文件中的版本 {waiting} 未经发布，不生效；请试算后发布"
            f" The files hold edition {waiting}, which was never released: simulate and release it"
        )
        progress.say("unreleased", text, edition=waiting)
    if gather_assets():
        progress.say("assets", "页面资源已汇集 Styles and scripts gathered")
    if seed_if_needed(environment, quiet=progress.as_json):
        progress.say("seeded", "演示城市已载入 The demonstration city is loaded")


def _refuse_taken_port(environment: Environment) -> None:
    family = socket.AF_INET6 if ":" in environment.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environment.host, environment.port))
        except OSError as error:
            said = error.strerror or str(error)
            raise PortInUse(host=environment.host, port=environment.port, said=said) from error


def _wait_for_answer(environment: Environment, children: Children) -> None:
    """Return once the home page answers; a process that ends meanwhile ends the wait."""
    host = "127.0.0.1" if environment.host in _EVERYWHERE else environment.host
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{environment.port}/"
    said = ""
    deadline = time.monotonic() + _ANSWER_SECONDS
    while time.monotonic() < deadline:
        if (end := children.ended()) is not None:
            raise end
        try:
            with urllib.request.urlopen(url, timeout=_ANSWER_SECONDS):
                return
        except urllib.error.HTTPError as error:  # it answers, and no waiting makes it better
            raise NoAnswer(seconds=_ANSWER_SECONDS, said=f"HTTP {error.code}") from error
        except (urllib.error.URLError, OSError) as error:
            said = str(error)
            time.sleep(_ASK_EVERY_SECONDS)
    raise NoAnswer(seconds=_ANSWER_SECONDS, said=said)


def _announce(environment: Environment, progress: Progress) -> None:
    from chengxin.site.demonstration import sign_ins

    base = environment.base_url
    demonstration = sign_ins(environment)
    progress.say("ready", f"已就绪 Ready: {base}/", url=base, sign_ins=str(demonstration or ""))
    if progress.as_json:
        return
    click.echo(f"  公共网站 Public site     {base}/")
    if find_spec("chengxin.desk.urls"):
        click.echo(f"  工作台 Workbench         {base}/desk/")
    if find_spec("chengxin.api.urls"):
        click.echo(f"  接口 API                 {base}/api/v1/openapi.json")
    if demonstration is not None:
        click.echo(f"  演示账号 Demonstration sign-ins（{demonstration}）：")
        for line in demonstration.read_text(encoding="utf-8").splitlines():
            click.echo(f"    {line}")
    click.echo("  停止请按 Ctrl-C。 Ctrl-C stops everything.")
