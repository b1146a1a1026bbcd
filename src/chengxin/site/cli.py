"""`chengxin`: the command line. One entry per command; a module is loaded when it is called.

Each module in `commands/` exposes one click command or group under the command's own name
(`commands/ids.py` has `ids`). The short help stands here, so `chengxin --help` loads nothing.
"""

import json
import signal
import sys
import traceback
from importlib import import_module
from typing import Any, NamedTuple

import click

from chengxin.kernel.errors import CreditError

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130  # 128 + SIGINT
EXIT_TERMINATED = 143  # 128 + SIGTERM
EXIT_FAULT = 70  # EX_SOFTWARE: a mistake of ours, not of the input


class Entry(NamedTuple):
    """Where a command lives and what it does, in one line."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "serve": Entry("serve", "启动网站、任务进程和内置数据库 Start everything and keep it running."),
    "worker": Entry("worker", "只启动任务进程 Run the job worker only."),
    "migrate": Entry("migrate", "更新数据库结构 Bring the database up to date."),
    "seed": Entry("seed", "载入演示城市 Load the synthetic demonstration city."),
    "doctor": Entry("doctor", "运行状况 What runs, versions, disk, migrations, last log root."),
    "ids": Entry("ids", "校验代码与证件号 Check identifiers in a file."),
    "rulebook": Entry("rulebook", "规则库 Check the rulebook or show an entry of it."),
    "officers": Entry("officers", "账号 Open and close officers' accounts, issue tokens."),
    "subjects": Entry("subjects", "信用主体 Import an organisation list."),
    "match": Entry("match", "主体比对 Match a list against a registry file; no database."),
    "intake": Entry("intake", "归集 Preview, submit and release a department's file."),
    "quality": Entry("quality", "数据质量 Reports on quality, reminders, the monthly count."),
    "record": Entry("record", "信用信息 Show a record with its passport."),
    "explain": Entry("explain", "回放 What stood about an organisation that day, and why."),
    "cases": Entry("cases", "核查案件 Cases of subjects who say a record is not about them."),
    "evaluate": Entry("evaluate", "信用评价 Evaluate organisations; recompute a kit."),
    "lists": Entry("lists", "名单 Lists; entries from draft to end."),
    "measures": Entry("measures", "措施 Measures: proposed, imposed, carried out."),
    "report": Entry("report", "信用报告 Issue a credit report as PDF."),
    "reports": Entry("reports", "报告管理 Batches, status lists, taking reports back, keys."),
    "verify": Entry("verify", "核验报告 Verify a report file; no network, no database."),
    "draw": Entry("draw", "双随机抽查 Commit to a random inspection, carry it out, verify it."),
    "log": Entry("log", "审计日志 Verify the log of acts."),
    "city": Entry("city", "合成城市 Make a synthetic city."),
    "bench": Entry("bench", "性能测量 Measure intake and matching on this machine."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = import_module(f"chengxin.site.commands.{entry.module}")
        command = getattr(module, cmd_name)
        if not isinstance(command, click.Command):
            message = f"{module.__name__}.{cmd_name} is no click command"
            raise TypeError(message)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, asked: object) -> None:
    if asked:
        from importlib.metadata import version  # slow to load, and seldom asked for

        click.echo(f"chengxin, version {version('chengxin')}")
        ctx.exit()


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version)
def cli() -> None:
    """城市公共信用信息平台 Public credit information platform of a city.

    Exit codes: 0 done, 1 findings, 2 cannot be done as asked.
    """


def main() -> None:
    """Run a command; every refusal becomes a sentence, every answer an exit code."""
    arguments = sys.argv[1:]
    # Let go of the database in order, as on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_TERMINATED))
    try:
        result: Any = cli.main(args=arguments, prog_name="chengxin", standalone_mode=False)
    except CreditError as error:
        _say(error, as_json="--json" in arguments)
        sys.exit(getattr(error, "exit_code", EXIT_USAGE))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code if error.exit_code != 1 else EXIT_USAGE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader left (`| head`); nothing more can be said, and nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
    except Exception:  # noqa: BLE001  the last line of defence; 1 would read as "findings"
        traceback.print_exc()
        click.echo(
            "程序内部错误，以上为详情，请报告。 An internal error; please report the lines above.",
            err=True,
        )
        sys.exit(EXIT_FAULT)
    sys.exit(result if isinstance(result, int) else 0)


def _say(error: CreditError, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"error": error.as_json()}, ensure_ascii=False, default=str))
    else:
        click.echo(error.text("zh"), err=True)
        click.echo(error.text("en"), err=True)


if __name__ == "__main__":
    main()
