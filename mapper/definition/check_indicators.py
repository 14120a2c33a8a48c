"""Checks of indicators beside their rules."""

from mapper.definition.scope import Scope


def indicators_name_their_source(scope: Scope) -> None:
    for indicator, subject in scope.notes.indicators:
        if not indicator.source:
            message = f"The indicator '{indicator.name}' does not say where it comes from."
            remedy = "Add source: with publication, year and paragraph."
            scope.report.add("missing_source", subject.place, message, remedy)


def indicators_have_a_place_on_the_map(scope: Scope) -> None:
    for indicator, subject in scope.notes.indicators:
        lacking = [key for key, value in (("stage", indicator.stage), ("actor", indicator.actors)) if not value]
        for key in lacking:
            message = f"The indicator '{indicator.name}' has no {key}."
            scope.report.add("missing_stage", subject.place, message, f"Add {key}: here or to its module.")
