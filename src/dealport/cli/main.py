"""The command `dealport`: runs the app and is the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from dealport.cli.app import app
from dealport.cli.terminal.talking import talk
from dealport.cli.terminal.terminal_text import prepare_stream

if TYPE_CHECKING:
    from dealport.model import DealportError

PROGRAM = "dealport"
N_SUGGESTIONS = 2
PYDANTIC_PREFIX = "Value error, "  # before what typer says of a value that is none of its choices
DONE, CANNOT = 0, 1  # `model.ExitCode`; the model is not imported to print a help page
INTERRUPTED = 130  # 128 + SIGINT, what shells expect

# What a full or failing disk says, also when it holds the file that stdout was sent to.
WRITE_FAILURES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `dealport` with `arguments` (default: the process's own) and return its exit code.

    The user's faults become clear lines on stderr; our own bugs keep their traceback.
    """
    # Blocks are small: a second BLAS thread spends more on waking up than it computes (9.6 s of CPU against 5.4).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy is imported later
    _open_closed_streams()
    _obey_termination()
    for stream in (sys.stdout, sys.stderr):
        prepare_stream(stream)
    try:
        code = _run(arguments)
    except SystemExit as stop:
        # rich and typer end with 1 on a closed pipe; a reader who has seen enough (`| head`) is no failure.
        seen_enough = isinstance(stop.__context__, BrokenPipeError)
        code = DONE if seen_enough or not isinstance(stop.code, int) else stop.code
    except BrokenPipeError:
        code = DONE
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except typer.TyperException as error:
        code = _tell_usage(error)
    except _users_fault() as error:
        code = _tell(error)
    except MemoryError:
        _say("the memory is used up (fewer pairs with --top, fewer files, or a machine with more)")
        code = CANNOT
    except OSError as error:
        if error.errno not in WRITE_FAILURES:
            raise
        _say(f"could not write the result: {error.strerror} (free some room, then run the command again)")
        code = CANNOT
    _finish(sys.stdout)
    _finish(sys.stderr)
    return code


def _obey_termination() -> None:
    """End in good order when a scheduler says so (SIGTERM), as with Ctrl-C: no half file, no worker left."""

    def end(number: int, frame: object) -> None:  # noqa: ARG001 - what Python calls it with
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, end)


def _open_closed_streams() -> None:
    """Point a stream the shell closed (``>&-``) at nothing: Python has none then, and its number is free for files.

    In the order of their numbers, so that each takes its own.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open as long as the process
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _run(arguments: Sequence[str] | None) -> int:
    """Run the app; the code a command returns or exits with, 0 when it says nothing."""
    code = app(args=arguments, prog_name=PROGRAM, standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else DONE


def _users_fault() -> type[DealportError]:
    """What a fault of the user is raised as; the model's 20 ms of records are only paid when something is."""
    from dealport.model import DealportError

    return DealportError


def _tell(error: DealportError) -> int:
    """One line, and one more for every fault that came with it."""
    from dealport.model import InputError

    _say(str(error))
    if isinstance(error, InputError):
        talk(*map(str, error.problems))
    return error.exit_code


def _tell_usage(error: typer.TyperException) -> int:
    """What is wrong with the command line, what was meant, and where to read more."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else PROGRAM
    _say(f"{_with_hint(error)} (try '{command} --help')")
    return error.exit_code


def _with_hint(error: typer.TyperException) -> str:
    """The message; nearest options as a question, worded as typer words nearest commands."""
    nearest = getattr(error, "possibilities", None)
    message = error.message if nearest else error.format_message()
    told = message.replace(PYDANTIC_PREFIX, "").rstrip(".")
    return f"{told}. Did you mean {' or '.join(map(repr, nearest[:N_SUGGESTIONS]))}?" if nearest else told


def _say(message: str) -> None:
    """One line on stderr in the program's name, whatever stands in `message`."""
    talk(f"{PROGRAM}: {message}")


def _finish(stream: TextIO) -> None:
    """Flush; a stream nobody can take any more is pointed at nothing, so that the interpreter's last flush is quiet."""
    try:
        stream.flush()
    except OSError:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
