"""The `mapper` command. Each group of commands is a module of its own, imported only when it is called."""

import click

from mapper.cli.lazy import LazyGroup

COMMANDS = {  # command → (module, object); kept as text so that `mapper survey eval` need not import a server
    "survey": ("mapper.cli.survey", "survey"),
    "translation": ("mapper.cli.translation", "translation"),
    "responses": ("mapper.cli.responses", "responses"),
    "mapping": ("mapper.cli.mapping", "mapping"),
    "programme": ("mapper.cli.programme", "programme"),
    "user": ("mapper.cli.user", "user"),
    "database": ("mapper.cli.database", "database"),
    "key": ("mapper.cli.key", "key"),
    "score": ("mapper.cli.score", "score"),
    "sample": ("mapper.cli.sample", "sample"),
    "release": ("mapper.cli.release", "release"),
    "summary": ("mapper.cli.summary", "summary"),
    "export": ("mapper.cli.export", "export"),
    "serve": ("mapper.cli.serve", "serve"),
    "demo": ("mapper.cli.demo", "demo"),
}


class Commands(LazyGroup):
    """All commands of the program."""

    def invoke(self, context: click.Context) -> object:
        """Run the command; a store that does not answer becomes a sentence, never a traceback."""
        try:
            return super().invoke(context)
        except Exception as error:
            if (
                type(error).__module__.partition(".")[0] != "sqlalchemy"
            ):  # not imported here: most commands need no store
                raise
            from mapper.cli.trouble import explain

            raise click.ClickException(explain(error)) from None


@click.command(cls=Commands, late=COMMANDS)
@click.version_option(package_name="labour-migration-mapper")
def main() -> None:
    """Labour Migration Mapper: from a questionnaire to a supplier's risk and its mapping summary.

    Exit codes: 0 done, 1 the input is wrong (problems are listed), 2 wrong use of the command.
    """
