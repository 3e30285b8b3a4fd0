"""The commands' reference, written by the commands themselves: `make docs` puts it in docs/."""

from collections.abc import Iterator

import click

from harness.cli.commands import main as bkash_bench
from mock_bkash.cli import main as mock_bkash

__all__ = ["write_reference"]

_HEAD = """# Commands

Every command with its options, as `--help` shows them. This page is written by `make docs`.
"""


def write_reference() -> str:
    """Return the reference of both programs as Markdown, a section per command."""
    roots = (("bkash-bench", bkash_bench), ("mock-bkash", mock_bkash))
    sections = (section for name, root in roots for section in _sections(root, name, None))
    return "\n".join((_HEAD, *sections))


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    # A fixed width, so that the page does not depend on the terminal it was written in.
    # With the command's own settings, or it would depend on who had asked it for help before.
    settings = {**command.context_settings, "terminal_width": 100}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield f"## `{context.command_path}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for sub_name in command.list_commands(context):
            sub = command.get_command(context, sub_name)
            if sub is not None:
                yield from _sections(sub, sub_name, context)


if __name__ == "__main__":
    click.echo(write_reference(), nl=False)
