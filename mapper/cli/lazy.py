"""A group of commands, each of which is imported only when it is called: most need neither server nor store."""

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """`late` says by command in which module it is, and under what name there."""

    def __init__(self, *arguments: Any, late: Mapping[str, tuple[str, str]], **other: Any) -> None:
        super().__init__(*arguments, **other)
        self.late = late

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.late)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.late:
            return None
        module, attribute = self.late[name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command
