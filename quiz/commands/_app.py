"""The command tree. The folder is the registry, and only the file of the command that was named is imported."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup, TyperOption

from quiz import discover
from quiz.commands import _context
from quiz.errors import QuizError

DEFAULT = "review"
EPILOG = "quiz --install-completion: let the shell complete commands and question ids."


class Commands(TyperGroup):
    """The commands of a folder: listed by looking, imported when named."""

    def __init__(self, package: str, **settings: Any) -> None:
        super().__init__(rich_markup_mode=None, params=_everywhere(), add_help_option=True, **settings)
        self.package = package
        self.folder = os.path.join(os.path.dirname(__file__), *package.split(".")[2:])

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the files in the folder; nothing is imported."""
        return discover.names(self.folder)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None; builds this one alone."""
        if cmd_name not in self.list_commands(ctx):
            return None
        if os.path.isdir(os.path.join(self.folder, cmd_name)):
            return Commands(
                f"{self.package}.{cmd_name}", name=cmd_name, help=self._summary(cmd_name), no_args_is_help=True
            )
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(cmd_name)(discover.module(self.package, cmd_name).command)
        command = typer.main.get_command(app)
        command.params.extend(_everywhere())
        gc.freeze()  # what a start made stays: a collection during a long session need not look at it
        gc.enable()
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As typer does; a typing error is held against the names in the folder."""
        self.commands: Any = dict.fromkeys(self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list in `--help`, its lines read from the beginning of the files."""
        rows = [(name, self._summary(name)) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def _summary(self, name: str) -> str:
        path = os.path.join(self.folder, name.replace("-", "_"))
        return discover.summary(os.path.join(path, "_about.py") if os.path.isdir(path) else path + ".py")


def run(args: Sequence[str]) -> int:
    """Run a command line; returns the exit code. What goes wrong becomes one sentence on stderr."""
    _context.reset()
    root = Commands("quiz.commands", name="quiz", help="Interview practice for machine-learning people.", epilog=EPILOG)
    root.params.append(_version())
    if "_QUIZ_COMPLETE" in os.environ:  # the shell asks how to go on
        from typer._completion_classes import completion_init

        completion_init()
    if any(arg.startswith(("--install-completion", "--show-completion")) for arg in args):
        root.params.extend(typer.main.get_install_completion_arguments())
    try:
        root.main(args=_named(args), prog_name="quiz")
    except SystemExit as stop:
        return _flushed(stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1)
    except QuizError as error:
        print(f"quiz: {error}", file=sys.stderr)
        return _flushed(error.code)
    except KeyboardInterrupt:
        return _flushed(130)
    except BrokenPipeError:
        return _flushed(0)
    return 0


def _flushed(code: int) -> int:
    """The code, once stdout has taken everything; a reader that left early is no failure."""
    gc.enable()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _named(args: Sequence[str]) -> list[str]:
    """The arguments with `review` put in where no command is named."""
    rest = list(args)
    while rest and rest[0] in ("--json", "--plain", "--bank"):
        del rest[: 2 if rest[0] == "--bank" else 1]
    if rest[:1] and (rest[0].startswith(("--help", "--version", "--install-c", "--show-c")) or rest[0][0:1] != "-"):
        return list(args)
    return [*args[: len(args) - len(rest)], DEFAULT, *rest]


def _everywhere() -> list[Any]:
    """The options that every command takes, before or after its name."""
    switches = [
        ("--json", "Data for programs: one JSON object a line."),
        ("--plain", "No boxes, colours or drawn formulas: for screen readers and simple terminals."),
    ]
    options: list[Any] = [
        TyperOption(
            param_decls=[name], is_flag=True, default=False, expose_value=False, callback=_context.note, help=text
        )
        for name, text in switches
    ]
    bank = "A bank file or folder, or `shipped`; instead of the shipped bank and your own. May be repeated."
    options.append(
        TyperOption(
            param_decls=["--bank"],
            multiple=True,
            default=[],
            metavar="PATH",
            expose_value=False,
            callback=_context.note,
            help=bank,
        )
    )
    return options


def _version() -> Any:
    def show(ctx: Any, param: Any, value: bool) -> None:
        if value:
            from importlib.metadata import version

            print(f"quiz {version('quiz')}")
            ctx.exit()

    return TyperOption(
        param_decls=["--version"],
        is_flag=True,
        default=False,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Say which version this is.",
    )
