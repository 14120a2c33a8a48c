"""One synthetic respondent: what happened to them, and how they answer a question that they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from mapper.definition.model import Question, Survey
from mapper.demo import money, sources
from mapper.demo.harm import Harm, harms
from mapper.demo.sources import SupplierProfile, Wage

REPORTED = 0.45  # share of harms that an affected worker tells of
OTHER_KINDS = 0.3  # share of workers with a kind of harm that no profile names: that of a module put in since
FROM_MONEY = frozenset({"fees", "breach"})  # kinds that follow from what was paid
EXCLUSIVE = ("none", "nobody", "nothing", "not_known", "no_reason", "unknown")  # choices that stand alone


@dataclass
class Respondent:
    """`affected` are the kinds of harm that this person lives with; `given` the answers that are already settled."""

    rng: Random
    survey: Survey
    affected: frozenset[str]
    given: dict[str, Any] = field(default_factory=dict)
    wage: Wage | None = None
    origin_currency: str = "USD"
    unknown: float = 0.0
    reported: float = REPORTED

    def __post_init__(self) -> None:
        self.harms: Mapping[str, Harm] = harms(self.survey)

    def answer(self, question: Question, offered: tuple[str, ...]) -> Any:
        """An answer, or None where this person does not know or does not want to say."""
        if question.name in self.given:
            return self.given[question.name]
        if self.rng.random() < self.unknown:
            return None
        make = ANSWERS.get(question.type)
        return make(self, question, offered) if make else None

    def is_harmed(self, name: str) -> bool:
        harm = self.harms.get(name)
        return bool(harm and self.affected.intersection(harm.kinds) and self.rng.random() < self.reported)

    def one(self, question: Question, offered: tuple[str, ...]) -> str | None:
        harmful = [c for c in offered if c in self.harmful(question.name)]
        if harmful and self.is_harmed(question.name):
            return self.rng.choice(harmful)
        harmless = [c for c in self.known(question, offered) if c not in harmful]
        weights = sources.habits()["weights"].get(question.name) or dict.fromkeys(harmless, 1)
        weighed = {choice: float(weights.get(choice, 0)) for choice in harmless}
        if not any(weighed.values()):
            return self.rng.choice(harmless) if harmless else None
        return self.rng.choices(list(weighed), list(weighed.values()))[0]

    def several(self, question: Question, offered: tuple[str, ...]) -> list[str] | None:
        if question.name in sources.habits()["lists"]:
            return list(sources.habits()["lists"][question.name])
        harmful = [c for c in offered if c in self.harmful(question.name)]
        if harmful and self.is_harmed(question.name):
            return self.rng.sample(harmful, min(len(harmful), self.rng.choice((1, 1, 2))))
        alone = [c for c in offered if c in EXCLUSIVE and c not in harmful]
        if alone:
            return [alone[0]] if harmful or self.rng.random() < 0.6 else self._some(question, offered)
        return self._some(question, offered)

    def _some(self, question: Question, offered: tuple[str, ...]) -> list[str] | None:
        barred = {*EXCLUSIVE, *self.harmful(question.name), "other"}
        open_ = [c for c in self.known(question, offered) if c not in barred]
        return self.rng.sample(open_, min(len(open_), self.rng.choice((1, 2, 2, 3)))) if open_ else None

    def whole_number(self, question: Question, _: tuple[str, ...]) -> int | None:
        ranges = sources.habits()["numbers"].get(question.name)
        if not ranges:
            return self.rng.randint(1, 5)
        if "among" in ranges:
            return int(self.rng.choice(ranges["among"]))
        low, high = ranges["harmful" if "harmful" in ranges and self.is_harmed(question.name) else "harmless"]
        return self.rng.randint(int(low), int(high))

    def amount(self, question: Question, _: tuple[str, ...]) -> dict[str, Any] | None:
        stated = sources.habits()["money"].get(question.name)
        if not stated or not self.wage:
            return None
        period = "month" if question.period else None
        if "loan" in stated:
            return money.amount(self.loan * self._between(stated["loan"]), self.origin_currency, period)
        return money.amount(self.wage.monthly * self._between(stated["months"]), self.wage.currency, period)

    def _between(self, ends: list[str]) -> float:
        return self.rng.uniform(*map(float, ends))

    @property
    def loan(self) -> float:
        total = self.given.get("cost_total")
        return float(total["amount"]) if total else 1.0

    def harmful(self, name: str) -> list[str]:
        harm = self.harms.get(name)
        return harm.choices if harm else []

    def known(self, question: Question, offered: tuple[str, ...]) -> list[str]:
        missing = {choice.name for choice in self.survey.choices_of(question) if choice.missing}
        return [choice for choice in offered if choice not in missing]


ANSWERS: Mapping[str, Any] = {
    "select_one": Respondent.one,
    "select_multiple": Respondent.several,
    "integer": Respondent.whole_number,
    "decimal": Respondent.whole_number,
    "money": Respondent.amount,
    "acknowledge": lambda *_: "OK",
}


def worker(rng: Random, survey: Survey, supplier: SupplierProfile, round_: str, day: date) -> Respondent:
    """A migrant worker of this supplier, interviewed on this day."""
    origin = rng.choices(list(supplier.corridors), list(supplier.corridors.values()))[0]
    currency = sources.corridors()["origins"][origin]["currency"]
    recruited = (day - timedelta(days=rng.randrange(240, 1000))).replace(day=1)
    wage = money.first_wage(rng, supplier.country)
    paid = rng.random() < supplier.paid
    rows, total, cost_currency = money.costs(rng, supplier, round_, origin, recruited) if paid else ([], 0.0, currency)
    affected = _affected(rng, supplier) | _of_modules(rng, survey)
    person = Respondent(rng, survey, affected, wage=wage, origin_currency=cost_currency)
    person.unknown = supplier.unknown
    person.given = {
        **({"consent": "refused"} if rng.random() < supplier.refusals else {"consent": "given_verbal"}),
        **_profile(rng, supplier, origin, recruited),
        **_money(rng, rows, total, cost_currency, wage),
        **_conditions(rng, supplier),
    }
    _open_gates(person)
    return person


def manager(rng: Random, survey: Survey, supplier: SupplierProfile) -> Respondent:
    """The supplier's management, who admit the share of gaps that the profile states."""
    person = Respondent(rng, survey, frozenset({"management_gap"}), wage=money.first_wage(rng, supplier.country))
    person.unknown, person.reported = 0.02, supplier.gaps
    return person


def _affected(rng: Random, supplier: SupplierProfile) -> frozenset[str]:
    """Harms come together: half of the workers carry nearly all of them."""
    hard = 1.7 if rng.random() < 0.5 else 0.3
    return frozenset(kind for kind, share in supplier.harms.items() if rng.random() < share * hard)


def _of_modules(rng: Random, survey: Survey) -> frozenset[str]:
    """Kinds that no profile names; the draws do not disturb those of the demonstration."""
    asked = {kind for harm in harms(survey).values() for kind in harm.kinds}
    known = FROM_MONEY.union(*(supplier.harms for supplier in sources.suppliers()))
    apart = Random(hash(rng.getstate()[1]))
    return frozenset(kind for kind in sorted(asked - known) if apart.random() < OTHER_KINDS)


def _profile(rng: Random, supplier: SupplierProfile, origin: str, recruited: date) -> dict[str, Any]:
    gender = "woman" if rng.random() < supplier.women else "man"
    if rng.random() < 0.03:
        gender = rng.choice(["another", "prefer_not", "prefer_not"])
    arrived = recruited + timedelta(days=rng.randrange(40, 200))
    return {
        "gender": gender,
        "origin_country": origin,
        "destination_country": supplier.country,
        "sector": supplier.sector,
        "recruited_on": recruited.isoformat(),
        "arrived_on": arrived.replace(day=1).isoformat(),
    }


def _money(rng: Random, rows: list[dict[str, Any]], total: float, currency: str, wage: Wage) -> dict[str, Any]:
    shown: dict[str, Any] = {"first_wage": money.amount(wage.amount, wage.currency, wage.period)}
    shown["recruitment_chain"] = money.chain(rng, rows, currency)
    if not rows:
        return shown | {"paid_anything": "no", "borrowed": "no"}
    repaid = rows[0]["cost_reimbursed"]
    return shown | {
        "paid_anything": "yes",
        "costs": rows,
        "cost_total": money.amount(total * rng.uniform(0.95, 1.05), currency),
        "cost_all_returned": repaid,
        "borrowed": "yes" if rng.random() < 0.78 else "no",
    }


def _conditions(rng: Random, supplier: SupplierProfile) -> dict[str, Any]:
    return {name: rng.choice(answers) for name, answers in supplier.conditions.items()}


def _open_gates(person: Respondent) -> None:
    """Where a harm lies behind another answer, that answer is given too."""
    for harmed, before in sources.habits()["gates"].items():
        harm = person.harms.get(harmed)
        if not harm or not harm.choices or not person.is_harmed(harmed):
            continue
        question = person.survey.questions[harmed]
        choice = person.rng.choice(harm.choices)
        person.given[harmed] = [choice] if question.type == "select_multiple" else choice
        person.given.update({name: answer for name, answer in before.items() if name not in ("borrowed",)})
