"""Checks of indicators beside their rules."""

from mapper.definition.scope import Scope
from mapper.notice import Notice


def indicators_name_their_source(scope: Scope) -> None:
    for indicator, subject in scope.notes.indicators:
        if not indicator.source:
            message = Notice("The indicator '%(name)s' does not say where it comes from.", name=indicator.name)
            remedy = Notice("Add source: with publication, year and paragraph.")
            scope.report.add("missing_source", subject.place, message, remedy)


def indicators_have_a_place_on_the_map(scope: Scope) -> None:
    for indicator, subject in scope.notes.indicators:
        lacking = [key for key, value in (("stage", indicator.stage), ("actor", indicator.actors)) if not value]
        for key in lacking:
            message = Notice("The indicator '%(name)s' has no %(key)s.", name=indicator.name, key=key)
            remedy = Notice("Add %(key)s: here or to its module.", key=key)
            scope.report.add("missing_stage", subject.place, message, remedy)
