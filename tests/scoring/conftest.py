"""The golden supplier, loaded; and small surveys made in place."""

import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.scoring.aggregate import Exercise
from mapper.scoring.evidence import Evidence, gather
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.management import gaps
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_file import METHODS, load_method
from mapper.scoring.results import SupplierScore
from mapper.scoring.score import score
from mapper.scoring.workers import Workers, judge

HERE = Path(__file__).parent


@dataclass(frozen=True, repr=False)
class Golden:
    """The golden supplier as written down, and what the scoring needs to find the same."""

    written: dict[str, Any]
    survey: Survey
    management: Survey
    method: ScoringMethod

    def responses(self) -> list[WorkerResponse]:
        return [self._response(worker) for worker in self.written["workers"]]

    def exercise(self) -> Exercise:
        answers = WorkerResponse(self.written["management"]["answers"])
        workers = sum(self.written["workers_on_site"].values())
        return Exercise("GOLDEN", "R1", workers, self.written["sampling"], gaps(self.management, answers))

    def evidence(self, responses: list[WorkerResponse] | None = None) -> Evidence:
        return gather(self.survey, self.responses() if responses is None else responses, self.method)

    def judged(self) -> Workers:
        return judge(self.evidence(), self.method)

    def score(self, responses: list[WorkerResponse] | None = None, **other: Any) -> SupplierScore:
        return self.score_of(self.evidence(responses), Exercise(**other) if other else self.exercise())

    def score_of(self, evidence: Evidence, exercise: Exercise) -> SupplierScore:
        groups = np.zeros(evidence.size, np.intp)
        return score(judge(evidence, self.method), groups, [exercise], self.method)[0]

    def _response(self, worker: dict[str, Any]) -> WorkerResponse:
        usual = self.written["defaults"]
        asked = {} if worker.get("refused") else {**usual["answers"], **worker.get("answers", {})}
        conditions = {**usual["conditions"], **worker.get("conditions", {})}
        return WorkerResponse(_plain(asked), conditions, worker.get("missing", {}))


def _plain(value: Any) -> Any:
    """As stored: dates as text, and nothing where the example says null."""
    match value:
        case datetime.date():
            return value.isoformat()
        case dict():
            return {key: _plain(below) for key, below in value.items() if below is not None}
        case list():
            return [_plain(item) for item in value]
    return value


@cache
def _golden(folder: Path) -> Golden:
    written = yaml.safe_load((HERE / "golden.yaml").read_text())
    method = folder / "methods"
    shutil.copytree(METHODS, method)
    rates = {"exchange_rates": [{**row, "USD": 1} for row in written["exchange_rates"]]}
    (method / "exchange_rates.yaml").write_text(yaml.safe_dump(rates))
    worker, management = (library.load(f"golden_{name}", root=HERE / "golden") for name in ("worker", "management"))
    return Golden(written, worker, management, load_method("icls20", root=method))


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    return _golden(tmp_path_factory.mktemp("golden"))


@pytest.fixture
def survey_of(tmp_path: Path) -> Callable[[str], Survey]:
    """A worker questionnaire from the YAML of its questions, choices and indicators."""

    def make(text: str) -> Survey:
        head = "name: tiny\ntitle: Tiny\nrespondent: worker\nlanguages: [en]\nsource: Made for the test\n"
        path = tmp_path / "tiny.yaml"
        path.write_text(head + text)
        return library.load(path, root=tmp_path)

    return make
