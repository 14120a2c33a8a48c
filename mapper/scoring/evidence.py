"""What the interviews of workers say, one entry per response, before anything is weighed or counted.

Evidence of several versions of a questionnaire is put together here: an indicator that a version did not have is
unknown for those who answered that version. Whether an indicator holds is settled by the rule of the version that was
answered; what it counts as (set, side, strength) is one thing for all, as the version that was published last has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Indicator, Survey
from mapper.expression.columns.evaluate import evaluate
from mapper.language.reader import N_
from mapper.language.spoken import Sentence, Several, Spoken
from mapper.scoring import frame
from mapper.scoring.chain import ChainRows, chain_rows
from mapper.scoring.classify import scheme
from mapper.scoring.costs import WorkerCosts, recruited_on, worker_costs
from mapper.scoring.describe import rules_in_words
from mapper.scoring.indicators import UNKNOWN, States, states
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.looks import Bools, Codes, codes_of, says
from mapper.scoring.memo import per_object
from mapper.scoring.method import ScoringMethod
from mapper.scoring.quality import Conditions, conditions

DIFFER = N_("{rules} (versions of the questionnaire differ here; each interview counts by its own rule)")
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """`states` has one row per indicator of `indicators` (`in_words` is what each says) and one column per response;
    `by_mode` the same for `modes`: how a menace reached the worker, each named indicator/mode. `since` says when the
    questionnaire that defines an indicator was published, in seconds. `apart` are responses to a questionnaire
    that asks nothing which the method classifies by, `unsettled` those that leave open whether the worker agreed."""

    indicators: tuple[Indicator, ...]
    since: tuple[float, ...]
    in_words: tuple[Spoken, ...]
    states: States
    modes: tuple[Indicator, ...]
    by_mode: States
    consented: Bools
    refused: Bools
    unsettled: Bools
    apart: Bools
    conditions: Conditions
    gender: Codes
    origin: Codes
    destination: Codes
    age_band: Codes
    costs: WorkerCosts
    chain: ChainRows

    @property
    def size(self) -> int:
        return len(self.consented)


def gather(
    survey: Survey, responses: Sequence[WorkerResponse], method: ScoringMethod, published: float = 0
) -> Evidence:
    """The evidence in responses to one version of a worker questionnaire, `published` at that time, in seconds."""
    columns = frame.build(survey, responses)
    size, roles = columns.respondents, method.roles
    today = date.today()
    received = np.array([(one.received or today).toordinal() - EPOCH for one in responses], np.int64)
    forbidden = says(columns, roles.limits_on_use, method.meanings.no_use, size).yes  # the worker's last word on use
    consent = evaluate(survey.consent.tree, columns) if survey.consent else None
    return Evidence(
        indicators=survey.indicators,
        since=(published,) * len(survey.indicators),
        in_words=rules_in_words(survey),
        states=states(columns, survey.indicators),
        modes=modes_of(survey),
        by_mode=states(columns, modes_of(survey)),
        consented=~forbidden if consent is None else consent.certain & ~forbidden,
        refused=np.zeros(size, bool) if consent is None else ~consent.possible,
        unsettled=np.zeros(size, bool) if consent is None else consent.possible & ~consent.certain & ~forbidden,
        apart=np.full(size, not scheme(survey.indicators, method.indicator_set, method.classification).counted),
        conditions=conditions(columns, method.flags),
        gender=codes_of(columns, roles.gender, size),
        origin=codes_of(columns, roles.origin, size),
        destination=codes_of(columns, roles.destination, size),
        age_band=codes_of(columns, roles.age_band, size),
        costs=worker_costs(columns, method, received),
        chain=chain_rows(columns, method, recruited_on(columns, method, received)),
    )


def combine(parts: Sequence[Evidence]) -> Evidence:
    """The evidence of all parts, in order; the definition of an indicator is the one published last, in whatever order
    the parts come, and where its rule differs in others its words say so."""
    if len(parts) == 1:
        return parts[0]
    newest = _newest(parts)
    indicators = {name: indicator for name, (_since, indicator) in newest.items()}
    in_words: dict[str, Spoken] = {}
    for part in parts:
        for indicator, rule in zip(part.indicators, part.in_words, strict=True):
            in_words[indicator.name] = _both(in_words.get(indicator.name, rule), rule)
    modes = {mode.name: _mode(indicators, mode) for part in parts for mode in part.modes}
    starts = np.cumsum([0, *(part.size for part in parts)])
    costs = [part.costs for part in parts]
    return Evidence(
        indicators=tuple(indicators.values()),
        since=tuple(since for since, _indicator in newest.values()),
        in_words=tuple(in_words.values()),
        states=np.concatenate([_aligned(part.states, part.indicators, list(indicators)) for part in parts], axis=1),
        modes=tuple(modes.values()),
        by_mode=np.concatenate([_aligned(part.by_mode, part.modes, list(modes)) for part in parts], axis=1),
        consented=np.concatenate([part.consented for part in parts]),
        refused=np.concatenate([part.refused for part in parts]),
        unsettled=np.concatenate([part.unsettled for part in parts]),
        apart=np.concatenate([part.apart for part in parts]),
        conditions=_joined([part.conditions for part in parts]),
        gender=_joined([part.gender for part in parts]),
        origin=_joined([part.origin for part in parts]),
        destination=_joined([part.destination for part in parts]),
        age_band=_joined([part.age_band for part in parts]),
        costs=replace(_joined(costs), items=_rows([cost.items for cost in costs], starts)),
        chain=_rows([part.chain for part in parts], starts),
    )


def _newest(parts: Sequence[Evidence]) -> dict[str, tuple[float, Indicator]]:
    """By name, in the order in which they come first; of two of the same time the later part's."""
    found: dict[str, tuple[float, Indicator]] = {}
    for part in parts:
        for since, indicator in zip(part.since, part.indicators, strict=True):
            if since >= found.get(indicator.name, (since,))[0]:
                found[indicator.name] = since, indicator
    return found


def _mode(indicators: Mapping[str, Indicator], mode: Indicator) -> Indicator:
    """A mode counts as its menace does."""
    return replace(indicators[mode.name.rpartition("/")[0]], name=mode.name, rule=mode.rule, modes={})


def _both(earlier: Spoken, later: Spoken) -> Spoken:
    """A rule in words, or each of several with the sentence that they are."""
    rules = {str(rule): rule for rule in (*_rules_in(earlier), *_rules_in(later))}
    return Sentence(DIFFER, {"rules": Several(rules.values(), " / ")}) if len(rules) > 1 else later


def _rules_in(said: Spoken) -> tuple[str, ...]:
    rules = said.parts["rules"] if isinstance(said, Sentence) else said
    return rules.texts if isinstance(rules, Several) else (rules,)


@per_object
def modes_of(survey: Survey) -> tuple[Indicator, ...]:
    """Each mode of each menace as an indicator of its own."""
    return tuple(
        replace(one, name=f"{one.name}/{mode}", rule=rule, modes={})
        for one in survey.indicators
        for mode, rule in one.modes.items()
    )


def _aligned(found: States, own: Sequence[Indicator], names: list[str]) -> States:
    """The states in the order of the names; unknown where the part does not have an indicator."""
    aligned = np.full((len(names), found.shape[1]), UNKNOWN, np.int8)
    for row, indicator in zip(found, own, strict=True):
        aligned[names.index(indicator.name)] = row
    return aligned


def _rows(parts: Sequence[Any], starts: NDArray[np.intp]) -> Any:
    """Rows of repeats, their respondents numbered through."""
    moved = [replace(part, respondent=part.respondent + start) for part, start in zip(parts, starts, strict=False)]
    return _joined(moved)


def _joined(parts: Sequence[Any]) -> Any:
    """Arrays end to end, texts under one list of names, and dataclasses field by field."""
    first = parts[0]
    if isinstance(first, np.ndarray):
        return np.concatenate(parts, axis=-1)
    if isinstance(first, Codes):
        names = tuple(dict.fromkeys(name for part in parts for name in part.names))
        tables = [np.array([*map(names.index, part.names), -1], np.intp) for part in parts]
        return Codes(np.concatenate([t[part.codes] for t, part in zip(tables, parts, strict=True)]), names)
    return type(first)(*(_joined([getattr(part, name) for part in parts]) for name in first.__slots__))
