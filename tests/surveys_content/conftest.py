"""The shipped questionnaires, read once."""

from collections.abc import Mapping

import pytest

from mapper.definition.model import Survey
from mapper.definition.read import read_survey

WORKERS = ("worker", "worker_climate", "worker_short", "worker_returnee", "worker_family", "repayment_check")
OTHERS = ("management", "recruiter", "documents", "observation", "employer_self", "iris_self", "gender_scale")
NAMES = (*WORKERS, *OTHERS)


@pytest.fixture(scope="session")
def surveys() -> Mapping[str, Survey]:
    read = {name: read_survey(name) for name in NAMES}
    found = {name: survey for name, (survey, _) in read.items() if survey}
    assert set(found) == set(NAMES), [str(problem) for _, problems in read.values() for problem in problems]
    return found


@pytest.fixture(scope="session")
def worker(surveys) -> Survey:
    return surveys["worker"]


@pytest.fixture(scope="session")
def worker_climate(surveys) -> Survey:
    return surveys["worker_climate"]
