"""Tiny surveys, written where they are used."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.definition.model import Survey
from mapper.definition.read import read_survey

HEADER = """
name: tiny
title: Tiny
respondent: worker
languages: [en]
source: written for this test
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  letters: [{name: a, label: A}, {name: b, label: B}, {name: c, label: C}]
  countries: [{name: np, label: Nepal}, {name: qa, label: Qatar}]
  cities:
    - {name: kathmandu, label: Kathmandu, country: np}
    - {name: pokhara, label: Pokhara, country: np}
    - {name: doha, label: Doha, country: qa}
questions:
"""
SurveyFrom = Callable[[str], Survey]


@pytest.fixture(scope="session")
def survey_from(tmp_path_factory: pytest.TempPathFactory) -> SurveyFrom:
    """`survey_from("- {type: text, name: x, label: X}")` is the survey of these questions."""
    folder = tmp_path_factory.mktemp("surveys")

    def read(questions: str) -> Survey:
        file = Path(folder, "tiny.yaml")
        file.write_text(HEADER + questions, "utf-8")
        survey, problems = read_survey(file)
        assert survey is not None, "\n".join(map(str, problems))
        return survey

    return read
