"""The command line: a front door that reads arguments, calls the library and prints what a reporter gives."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from typing import Any

import click

from contentlint import __version__

COMMANDS = (
    "check",
    "rules",
    "explain",
    "config",
    "site",
    "links",
    "claims",
    "preview",
    "schema",
    "version",
)

# What shells say of a program that these signals end: 128 and the number of SIGPIPE, of SIGINT.
_PIPE_CLOSED = 128 + 13
_INTERRUPTED = 128 + 2


class Unusable(click.ClickException):
    """Settings or paths that cannot be used: exit code 2, for 1 means findings."""

    exit_code = 2


class _Commands(click.Group):
    """Commands are imported when they are called: ``--help`` and ``--version`` must not wait for the linter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"contentlint.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and (hint := _nearest(args[0])):
            ctx.fail(f"no such command {args[0]!r}; did you mean {hint!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read our output has seen enough (`| head`); the interpreter must not complain when it closes it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(_PIPE_CLOSED) from None
        except KeyboardInterrupt:
            raise SystemExit(_INTERRUPTED) from None
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception:
            # Python would exit with 1, which means findings.
            traceback.print_exc()
            raise SystemExit(2) from None


def _nearest(name: str) -> str | None:
    """What was meant by a command that does not exist; whoever names a file forgot ``check``."""
    import difflib

    if os.path.exists(name):
        return f"check {name}"
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return near[0] if near else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="contentlint", message="%(prog)s %(version)s")
def group() -> None:
    """Lint the content of Markdown pages with front matter, before you publish.

    Start with: contentlint check
    """


def main() -> None:
    """The entry point of the ``contentlint`` command."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character must not cost the report.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    group(prog_name="contentlint")
