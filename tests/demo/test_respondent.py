"""Made-up workers: a module that somebody puts in is answered with harm too, and the rest stays as it was."""

from dataclasses import replace
from datetime import date
from random import Random

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.demo import respondent, sources

DAY = date(2026, 6, 1)


def workers(survey: Survey, number: int = 60) -> list[respondent.Respondent]:
    rng, [supplier, *_], round_ = Random(7), sources.suppliers(), sources.rounds()[0]
    return [respondent.worker(rng, survey, supplier, round_.code, DAY) for _ in range(number)]


def with_kind(survey: Survey, kind: str) -> Survey:
    first, *others = survey.indicators
    return replace(survey, indicators=(replace(first, kind=kind, side="", ilo11=()), *others))


def test_some_workers_and_not_all_have_a_kind_of_harm_that_no_supplier_of_the_demonstration_names():
    survey = with_kind(library.load("worker"), "flood")
    met = sum("flood" in worker.affected for worker in workers(survey))
    assert 60 * 0.1 < met < 60 * 0.5


def test_another_kind_changes_nothing_else_of_the_demonstration():
    survey = library.load("worker")
    before, after = workers(survey), workers(with_kind(survey, "flood"))
    assert [worker.given for worker in before] == [worker.given for worker in after]
    assert [worker.affected for worker in before] == [worker.affected - {"flood"} for worker in after]
