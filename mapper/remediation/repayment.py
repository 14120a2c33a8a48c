"""How much is owed back to each worker, and why: every figure with the steps that made it.

**Source:** surveys/remediation/repayment.yaml; the definition of what counts is the ILO's of 2019.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from mapper.remediation.claim import Claim, Grade, Item, Repaid
from mapper.remediation.cohorts import Cohorts
from mapper.remediation.decision import Decision
from mapper.remediation.dues import Due, came_as, came_back, settle, turned
from mapper.remediation.money import Money, NoRate, Rate, rounded
from mapper.remediation.notes import Details
from mapper.remediation.steps import SIGN, Line, Owed, Step, settling

ZERO = Decimal(0)


def repayments(claims: Sequence[Claim], decision: Decision) -> list[Owed]:
    """What is owed to each of the workers, in their order."""
    first = [_Reckoning(claim, decision).own() for claim in claims]
    cohorts = _cohorts(claims, first, decision)
    return [reckoning.owed(cohorts) for reckoning in first]


@dataclass
class _Reckoning:
    claim: Claim
    decision: Decision
    lines: list[Line] = field(default_factory=list)
    grades: set[Grade] = field(default_factory=set)
    due: list[Due] = field(default_factory=list)
    uplift: Decimal = ZERO
    lacks: bool = False  # an amount that was paid is not known
    uncertain: bool = False  # an amount may be more than was counted

    @property
    def gross(self) -> Decimal:
        """What was paid for the job before anything came back, as far as it is known. Interest is each worker's own
        and is no part of what a cohort paid."""
        borne = (line.counted or ZERO for line in self.lines if SIGN.get(line.step, 0) > 0 and line.step != "interest")
        return sum(borne, ZERO)

    @property
    def is_lacking(self) -> bool:
        """Whether an amount is not known, or not every payment is named. Nothing owed is nothing lacking."""
        return self.lacks or self.claim.open_list

    @property
    def is_whole(self) -> bool:
        return self.claim.paid is True and bool(self.grades) and not self.is_lacking

    def own(self) -> "_Reckoning":
        """What the worker's own evidence says of what was paid for the job."""
        for item in self.claim.items:
            self._item(item)
        if self.claim.interest and self.decision.rules.loan_interest:
            interest = self.claim.interest
            self._add("interest", "loan", interest.money, interest.day, interest.grade)
        if self.claim.paid and not self.claim.items:
            self.lacks = True
        return self

    def owed(self, cohorts: Cohorts) -> Owed:
        """With the cohort where the worker's own evidence is not enough, less what was repaid."""
        if self.claim.paid and self.is_lacking:
            self._estimate(cohorts)
        for repaid in self.claim.repaid:  # it settles what was estimated too
            self._repay(repaid)
        total = sum((line.counted or ZERO for line in self.lines), ZERO)
        if total < 0:
            self.lines.append(Line("floor", "total", None, -total, says="floor"))
        known = self.claim.paid is not None or bool(self.claim.items)
        unsettled = self.uncertain or any(line.step == "problem" for line in self.lines)
        return Owed(
            claim=self.claim,
            amount=rounded(max(total, ZERO), self.decision.currency),
            currency=self.decision.currency,
            grade=max(self.grades, default=None),
            known=known,
            incomplete=not known or unsettled,
            uplift=rounded(max(self.uplift, ZERO), self.decision.currency),
            lines=tuple(self.lines),
            rules=self.decision.rules.version,
        )

    def _item(self, item: Item) -> None:
        if item.category not in self.decision.rules.eligible:
            line = Line("not_eligible", item.item, item.money, ZERO, says="not_eligible")
            self.lines.append(replace(line, day=item.day, grade=item.grade))
            return
        if item.money is None and item.deducted is None:
            self.lacks = self.lacks or not item.returned_in_full
        for step, money in (("paid", item.money), ("deducted", item.deducted)):
            if money:
                self._add("paid" if step == "paid" else "deducted", item.item, money, item.day, item.grade)
        if item.returned_in_full:
            for money in filter(None, (item.money, item.deducted)):
                self._add("returned", item.item, money, item.day, as_paid=money, came=item.returned_by)
        elif item.returned:
            self._return(item, item.returned)

    def _return(self, item: Item, returned: Money) -> None:
        """What came back in a third currency is taken off in that of the payment, at the payment's own rate. Once
        something was repaid, what came back stays worth what it was by that calculation."""
        day = item.day or self.claim.recruited
        mine = [one for one in self.due if one.about == item.item and one.day == day]
        mine = mine[-sum(map(bool, (item.money, item.deducted))) :]
        if self.claim.repaid and any(one.currency != returned.currency for one in mine):
            self._return_as_then(item, returned, mine)
            return
        due = next((one for one in reversed(mine) if item.money and one.currency == item.money.currency), None)
        third = due and len({due.currency, returned.currency, self.decision.currency}) == 3
        taken = turned(due, returned, self.decision, {day, self.decision.day}) if due and third else None
        if taken is None:
            self._add("returned", item.item, returned, item.day, as_paid=item.money, came=item.returned_by)
            return
        line = settling(taken, returned.currency)
        self.lines.append(replace(line, step="returned", about=item.item, grade="B"))
        taken.due.lessen(taken.exact, taken.counted)
        self._raise_prices(item.item, -taken.counted, item.returned_by or day)

    def _return_as_then(self, item: Item, returned: Money, mine: list[Due]) -> None:
        """It settles of the item's payments, `mine`, what it counted for in the first calculation under which was
        repaid: the payment in its own currency first, then the others in their order."""
        first, then = self._first_repaid
        alone = _Reckoning(replace(self.claim, items=(item,), interest=None, repaid=()), then).own()
        worth = -sum((line.counted or ZERO for line in alone.lines if line.step == "returned"), ZERO)
        left = returned.amount
        for one in settle(mine, replace(first, money=Money(worth, then.currency)), self.decision, returned.currency):
            back = min(left, rounded(returned.amount * one.part / worth, returned.currency))
            line = settling(came_as(one, Money(back, returned.currency)), returned.currency)
            self.lines.append(replace(line, step="returned", about=item.item, grade="B"))
            self._raise_prices(item.item, -one.counted, item.returned_by or item.day or self.claim.recruited)
            left -= back
        if left:
            self._add("returned", item.item, Money(left, returned.currency), item.day, came=item.returned_by)

    @cached_property
    def _first_repaid(self) -> tuple[Repaid, Decision]:
        """The first repayment, and the calculation under which it was made."""
        first = min(self.claim.repaid, key=lambda one: one.decided or one.day)
        day = first.decided or first.day
        return first, replace(self.decision, currency=first.money.currency, day=day, prices=None)

    def _repay(self, repaid: Repaid) -> None:
        """Under an earlier calculation whatever was repaid whole stays whole; what is more is like any repayment."""
        money = repaid.money
        settled = list(settle(self.due, repaid, self.decision))
        left = money.amount - sum((one.part for one in settled), ZERO)
        if money.currency == self.decision.currency and all(one.part == one.counted for one in settled):
            settled, left = [], money.amount
        for one in settled:
            self.lines.append(replace(settling(one, money.currency), day=repaid.day))
            self._raise_prices("earlier repayment", -one.counted, repaid.day)
        if left or not money.amount:
            self._add("repaid", "earlier repayment", Money(left, money.currency), repaid.day)

    def _add(
        self, step: Step, about: str, money: Money, on: date | None, grade: Grade | None = None,
        as_paid: Money | None = None, came: date | None = None,
    ) -> None:  # fmt: skip
        """`on` None: the day of recruitment stands in. `as_paid`: what came back in the currency in which it was paid
        is taken off at the rate of that payment, or money that came back whole would leave a difference of rates.
        `came`: the day until which prices rose for what came back."""
        decision, sign, day = self.decision, SIGN[step], on or self.claim.recruited
        # of what came back the worker says so, and not when
        shown, by = (None, "B") if step == "returned" else (on, grade)
        rates, missing = self._rates(money.currency, day)
        if not rates:
            self.lines.append(Line("problem", about, money, None, says="no_pair", details=missing, day=shown, grade=by))
            self.lacks = self.lacks or sign > 0
            return
        like_paid = as_paid is not None and as_paid.currency == money.currency
        rates.sort(
            key=lambda rate: rate.value, reverse=sign > 0 or like_paid
        )  # the more favourable to the worker first
        counted = sign * rounded(money.amount * rates[0].value, decision.currency)
        other = rates[-1] if rates[-1].value != rates[0].value and not like_paid else None
        self.uncertain = self.uncertain or bool(missing)
        says = "one_rate" if missing else ""
        line = Line(step, about, money, counted, rates[0], other, says, missing, day=shown, grade=by)
        self.lines.append(line)
        if sign > 0:
            self.due.append(Due(about, day, rates[0], counted, [money.amount]))
        elif step == "returned":
            came_back(self.due, about, money, -counted)
        self.grades |= {grade} if grade else set()
        self._raise_prices(about, counted, came or day)

    def _rates(self, currency: str, day: date) -> tuple[list[Rate], Details]:
        """The rates of the day of the payment and of the decision, and which of them is missing."""
        found, lacking = [], []
        for when in sorted({day, self.decision.day}):
            try:
                found.append(self.decision.rates.rate(currency, self.decision.currency, when))
            except NoRate:
                lacking.append(when.isoformat())
        pair = {"source": currency, "target": self.decision.currency, "days": ", ".join(lacking)}
        return found, pair if lacking else {}

    def _raise_prices(self, about: str, counted: Decimal, day: date) -> None:
        """What came back takes its own rise off again, from the day on which it came."""
        prices, until = self.decision.prices, self.decision.day
        if prices is None:
            return
        factor, last = prices.factor(day, until), prices.last(until)
        if factor is None or last is None:
            missing = {"month": f"{day:%Y-%m}", "source": prices.source}
            line = Line("uplift", about, None, ZERO, says="no_price", details=missing)
            if all((one.says, one.details) != (line.says, line.details) for one in self.lines):  # a month once
                self.lines.append(line)
        elif factor > 1:
            more = counted * (factor - 1)
            self.uplift += more
            said: Details = {
                "percent": f"{(factor - 1) * 100:.1f}", "since": f"{day:%Y-%m}", "until": f"{last[0]}-{last[1]:02}",
                "amount": str(rounded(more, self.decision.currency)), "currency": self.decision.currency,
                "source": prices.source,
            }  # fmt: skip
            self.lines.append(Line("uplift", about, None, ZERO, says="uplift", details=said))

    def _estimate(self, cohorts: Cohorts) -> None:
        found = cohorts.of(self.claim)
        if found is None:
            self.lines.append(Line("problem", "total", None, None, says="no_cohort"))
            return
        more = found.amount - self.gross
        percent = self.decision.rules.percentile
        details: Details = {"workers": found.workers, "parts": ", ".join(found.parts), "percent": percent}
        if more > 0:
            self.lines.append(Line("cohort", "total", None, more, says="cohort", details=details))
            self.grades.add("C")
            [rate], _missing = self._rates(self.decision.currency, self.decision.day)
            self.due.append(Due("total", self.claim.recruited, rate, more, [more]))
            self._raise_prices("total", more, self.claim.recruited)
        else:
            self.lines.append(Line("cohort", "total", None, ZERO, says="own_higher", details=details))


def _cohorts(claims: Sequence[Claim], reckonings: Sequence[_Reckoning], decision: Decision) -> Cohorts:
    totals: dict[tuple[object, ...], list[Decimal]] = defaultdict(list)
    for claim, reckoning in zip(claims, reckonings, strict=True):
        if reckoning.is_whole:
            for parts in decision.rules.cohorts:
                totals[claim.cohort(parts)].append(reckoning.gross)
    return Cohorts(decision.rules, {cohort: sorted(known) for cohort, known in totals.items()})
