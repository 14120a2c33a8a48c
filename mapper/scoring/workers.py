"""Workers judged: which interviews are valid, what supervision leaves of the answers, and each worker's class."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Indicator
from mapper.scoring.classify import Classes, classify, scheme
from mapper.scoring.evidence import Evidence
from mapper.scoring.indicators import UNKNOWN, States, convert
from mapper.scoring.looks import Bools
from mapper.scoring.method import ScoringMethod


@dataclass(frozen=True, slots=True, eq=False)
class Workers:
    """`states` and `by_mode` are those of the evidence after the conversion of supervised answers; `answered` says of
    how many of the `asked` indicators something was known before it, `counted` are their places. `apart` are interviews
    that cannot be valid, as their questionnaire asks nothing the method classifies by, and that told something: they
    count where that questionnaire's own indicators do, and nowhere else."""

    evidence: Evidence
    states: States
    by_mode: States
    valid: Bools
    apart: Bools
    classes: Classes
    answered: NDArray[np.int64]
    counted: tuple[int, ...]

    @property
    def asked(self) -> int:
        return len(self.counted)


def judge(evidence: Evidence, method: ScoringMethod) -> Workers:
    """Valid is an interview with consent, not withdrawn, in which at least one indicator is known.

    Whether it is valid is settled before the conversion: an interview that the employer overheard was held, too.
    """
    by = scheme(evidence.indicators, method.indicator_set, method.classification)
    counted = list(by.counted)
    answered = np.zeros(evidence.size, np.int64)
    for place in counted:
        answered += evidence.states[place] != UNKNOWN
    valid = evidence.consented & (answered > 0)
    states = _converted(evidence, evidence.states, evidence.indicators)
    return Workers(
        evidence=evidence,
        states=states,
        by_mode=_converted(evidence, evidence.by_mode, evidence.modes),
        valid=valid,
        apart=evidence.apart & evidence.consented & ~valid & (evidence.states != UNKNOWN).any(axis=0),
        classes=classify(states, by, evidence.costs.bore),
        answered=answered,
        counted=by.counted,
    )


def _converted(evidence: Evidence, found: States, indicators: Sequence[Indicator]) -> States:
    signs = np.array([bool(indicator.ilo11) for indicator in indicators], bool)
    return convert(found, signs, evidence.conditions.supervised)
