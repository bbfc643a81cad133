"""Run demos that prove what the answers claim, with their controls and mutants; alone, list them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quiz.commands._prove_data import Timed

WORKERS = 2
PICTURE = 100  # columns of a saved picture


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME ...]", help="Demos or topics.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Run every demo.")] = False,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="K=V", help="Set a parameter; K=V,V,... draws the curve. May be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the random draws.")] = 0,
    mutant: Annotated[str | None, typer.Option(metavar="NAME", help="Run this mistake and see the check fail.")] = None,
    source: Annotated[bool, typer.Option("--source", help="Show the code of the demo.")] = False,
    save: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep the picture (.svg) or the data (.json, .csv).")
    ] = None,
) -> None:
    """Run demos that prove what the answers claim, with their controls and mutants; alone, list them."""
    import gc

    from quiz.commands._context import options
    from quiz.errors import Misused

    chosen = _chosen(names or [], everything)
    one = len(chosen) == 1
    if not one and (settings or mutant):
        raise Misused(
            f"--{'set' if settings else 'mutant'} is about one demo: name it, as in quiz prove score-variance."
        )
    if not chosen:
        if source or save:
            raise Misused(f"--{'source' if source else 'save'} needs a demo: name one of those that quiz prove lists.")
        return _list()
    if source and options().json:
        raise Misused("--source shows code, which is no JSON: leave one of the two away.")
    if source:
        return _show_source(chosen)
    from quiz.commands._prove_data import check_ending

    check_ending(save)
    gc.enable()
    _one_thread()
    if one:
        return _prove_one(chosen[0], settings or [], seed, mutant, save)
    return _prove_many(chosen, seed, save)


def _chosen(names: "Sequence[str]", everything: bool) -> list[str]:
    """The demos that were named, by name or topic, each once. Raises Misused for a name that is neither."""
    from quiz.errors import Misused
    from quiz.proofs import _catalogue

    known = _catalogue.names()
    if everything and names:
        raise Misused("--all runs every demo: leave the names away, or leave --all away.")
    if everything:
        return known
    chosen: dict[str, None] = {}
    for name in names:
        if name in known:
            chosen[name] = None
        elif found := [entry.name for entry in _catalogue.entries() if entry.topic == name]:
            chosen.update(dict.fromkeys(found))
        else:
            raise Misused(_unknown(name, known))
    return list(chosen)


def _unknown(name: str, known: "Sequence[str]") -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return (
        f"No demo or topic is called {name!r}{f': did you mean {near[0]}?' if near else '.'} quiz prove lists them all."
    )


def _list() -> None:
    """All demos by topic, a line each; only the beginning of each file is read, and nothing drawn with rich."""
    from quiz.commands._context import options, print_json
    from quiz.proofs import _catalogue

    entries = _catalogue.entries()
    if options().json:
        from quiz.commands._prove_data import listed

        for entry in entries:
            print_json(listed(entry))
        return
    name = max(len(entry.name) for entry in entries) + 2
    topic = ""
    for entry in entries:
        if entry.topic != topic:
            print(f"{chr(10) if topic else ''}{entry.topic}")
            topic = entry.topic
        print("\n".join(_lines(f"  {entry.name:{name}}", entry.claim)))


def _lines(name: str, claim: str) -> list[str]:
    """A line, or on a terminal as many as it takes: the claim beside the name, or below it where there is no room."""
    import os
    import sys

    if not sys.stdout.isatty():
        return [name + claim]
    from quiz.terminal.text import wrap

    columns = os.get_terminal_size(sys.stdout.fileno()).columns
    if columns < len(name) + 40:
        return [name.rstrip(), *(f"    {line}" for line in wrap(claim, max(2, columns - 4)))]
    first, *rest = wrap(claim, columns - len(name))
    return [name + first, *(" " * len(name) + line for line in rest)]


def _show_source(names: "Sequence[str]") -> None:
    """The files of the demos, highlighted where colours can be shown."""
    import sys

    from quiz.commands._context import options
    from quiz.proofs import _catalogue

    for name in names:
        with open(_catalogue.path(name), encoding="utf-8") as file:
            code = file.read()
        if options().plain or not sys.stdout.isatty():
            print(code, end="")
        else:
            from rich.syntax import Syntax

            _console().print(Syntax(code, "python", theme="ansi_dark", background_color="default", word_wrap=True))


def _one_thread() -> None:
    """One BLAS thread for NumPy here and in the workers: two threads that wait for each other only heat the room."""
    import os

    for library in ("OPENBLAS", "OMP", "MKL", "VECLIB", "BLIS"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def timed(name: str, parameters: Any = None, seed: int = 0, broken: str | None = None) -> "Timed":
    """The outcome of a demo and the milliseconds that it took, without loading NumPy."""
    from time import perf_counter

    from quiz.proofs._run import load, run

    load(name)
    start = perf_counter()
    outcome = run(name, parameters, seed, broken)
    return outcome, 1000 * (perf_counter() - start)


def _prove_one(name: str, settings: "Sequence[str]", seed: int, mutant: str | None, save: str | None) -> None:
    """Runs one demo, once or as a sweep, and draws it in full."""
    from quiz.commands._prove_data import write
    from quiz.errors import Failed, Misused
    from quiz.proofs._demo import BadParameter
    from quiz.proofs._run import check_cost, read_settings

    try:
        swept, parameters = read_settings(name, settings)
        check_cost(name, parameters)
        runs = [timed(name, p, seed, mutant) for p in parameters]
    except BadParameter as error:
        raise Misused(str(error)) from None
    except (ValueError, ArithmeticError, MemoryError) as error:
        raise Failed(
            f"{name} cannot be computed with these parameters: {str(error) or type(error).__name__}."
        ) from None
    _show_one(runs, swept)
    if save:
        write(save, runs, _view(runs, swept, PICTURE), PICTURE)
    _exit(runs)


def _show_one(runs: "Sequence[Timed]", swept: str | None) -> None:
    from quiz.commands._context import options, print_json

    if options().json:
        from quiz.commands._prove_data import fields

        for outcome, ms in runs:
            print_json(fields(outcome, ms))
    else:
        console = _console()
        console.print(_view(runs, swept, console.width))


def _view(runs: "Sequence[Timed]", swept: str | None, width: int) -> Any:
    from quiz.commands._context import options
    from quiz.terminal.proof import outcome_view, sweep_view

    outcomes = [outcome for outcome, _ in runs]
    if swept:
        return sweep_view(outcomes, swept, width=width, plain=options().plain)
    return outcome_view(outcomes[0], width=width, plain=options().plain)


def _prove_many(names: "Sequence[str]", seed: int, save: str | None) -> None:
    """Runs several demos in two processes, with a progress bar where one can be seen, and sums up."""
    from time import perf_counter

    from quiz.commands._context import options, print_json
    from quiz.commands._prove_data import fields, write

    start, runs = perf_counter(), []
    for outcome, ms in _progress(_in_parallel(names, seed), len(names)):
        runs.append((outcome, ms))
        if options().json:
            print_json(fields(outcome, ms))
    if save or not options().json:
        from quiz.terminal.proof import summary_view

        view = summary_view(runs, perf_counter() - start)
        if not options().json:
            _console().print(view)
        if save:
            write(save, runs, view, PICTURE)
    _exit(runs)


def _in_parallel(names: "Sequence[str]", seed: int) -> "Iterator[Timed]":
    """The runs in the order of the names; the workers are born deaf to Ctrl-C and leave it to this process."""
    import signal
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial
    from multiprocessing import get_context

    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        runs = pool.map(partial(timed, seed=seed), names)
        signal.signal(signal.SIGINT, before)
        yield from runs


def _progress(runs: "Iterator[Timed]", total: int) -> "Iterator[Timed]":
    """The same runs, with a bar on stderr while they come."""
    import sys

    from quiz.commands._context import options

    if options().plain or options().json or not sys.stderr.isatty():
        yield from runs
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("proving", total=total)
        for run in runs:
            bar.update(task, advance=1, description=run[0].name)
            yield run


def _console() -> Any:
    """The terminal, or the pipe, as it was asked for."""
    import sys

    from quiz.commands._context import environ, options
    from quiz.terminal.theme import console

    return console(plain=options().plain, environ=environ(), file=sys.stdout)


def _exit(runs: "Sequence[Timed]") -> None:
    """Exit code 1 where a verdict is not the expected one."""
    if any(outcome.verdict != outcome.expected for outcome, _ in runs):
        raise typer.Exit(1)
