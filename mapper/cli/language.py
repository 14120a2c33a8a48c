"""`--language` of the commands that say what is wrong with a file."""

from collections.abc import Iterable
from typing import Any

import click

from mapper import notice
from mapper.definition.problems import Problem

ENGLISH = "en"


def _known(_context: click.Context, _parameter: click.Parameter, language: str) -> str:
    if language != ENGLISH:
        from mapper.language.profile import languages

        if language not in languages():
            raise click.BadParameter(f"There is no language '{language}'. Known: {', '.join(languages())}.")
    return language


def language_option(function: Any) -> Any:
    about = "Language of the problems, by its code."
    return click.option("--language", default=ENGLISH, show_default=True, callback=_known, help=about)(function)


def in_language(problems: Iterable[Problem], language: str) -> tuple[Problem, ...]:
    """The problems with their sentences in the language; what it does not say yet stays English."""
    if language == ENGLISH:
        return tuple(problems)
    from mapper.language.catalogue import translator

    return tuple(problem.said(translator(language).interface) for problem in problems)


def said(sentence: str, language: str) -> str:
    """A sentence in the language, where it can be said in it."""
    from mapper.language.catalogue import translator

    return notice.said(sentence, translator(language).interface)
