"""Picture of what those who paid bore on average: supplier by supplier, beside zero, the standard, and the cap."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mapper.assessment.corridors import rules_on
from mapper.assessment.lines import CorridorLine, Line
from mapper.language.reader import N_, Reader
from mapper.scoring.fee_rules import FeeRule
from mapper.scoring.method_file import load_method
from mapper.summary import line_words, wording
from mapper.summary.pictures import Picture, picture
from mapper.summary.told import Told
from mapper.summary.unshown import NOT_SHOWN
from mapper.summary.wording import say

Ends = tuple[str, str]
Rows = Sequence[tuple[Line, CorridorLine]]
NAMED = 40  # suppliers that have a row of their own; more share the row of their corridor
NAMED_BELOW = 12  # suppliers without a mean that are named
NO_MARK = N_("no wage is released: the cap cannot be told in months of wage")
NO_LENGTH = N_("it depends on the length of the contract: no one number of months holds")
NO_CAP = N_("no cap known")


def means(corridors: Mapping[Ends, Rows], read: Reader, day: date, apart: Sequence[Line] = ()) -> Picture:
    """Below each corridor a dot for each of its suppliers: how far from zero, which is the standard. Those without a
    mean have no dot; the table says why. The cap is the median of those that hold for the workers, in
    months of their wage, which only the audit team knows; everybody sees it as the law had it on the `day`, and outside
    the audit team the dashed line is that cap, where it is one number of months.
    The releases of the suppliers `apart` show no corridor."""
    known = {ends: [pair for pair in rows if pair[1].months is not None] for ends, rows in corridors.items()}
    known = {ends: rows for ends, rows in known.items() if rows}
    named = sum(map(len, known.values())) <= NAMED
    rows: list[dict[str, Any]] = []
    for ends, pairs in known.items():
        released = cap_in_months(ends, day) if all(one.rounded for _, one in pairs) else None
        cap = _cap(pairs) if released is None else released
        head = {"label": read.corridor(*ends), "head": True, "about": _about(ends, pairs, cap, read, day), "cap": cap}
        dots = [_dot(line, one, read) for line, one in pairs]
        rows += [head | {"many": dots}] if not named else [head, *dots]
    every = [(ends, *pair) for ends, pairs in corridors.items() for pair in sorted(pairs, key=_has_none)]
    table = [_row(ends, line, one, read, day) for ends, line, one in every] if rows else []
    table += [_row_apart(line, read) for line in apart] if rows else []
    about = N_(
        "What those who paid bore on average, supplier by supplier below its corridor. Zero is the standard; a dashed "
        "line is the national cap where it can be told in months of wage."
    )
    heads = (
        N_("Corridor"), N_("Supplier"), N_("Band"), N_("Mean months"), N_("Paid"), N_("National cap"),
        N_("Cap in months of wage"),
    )  # fmt: skip
    words = {"axis": read.say(N_("months of wage")), "zero": read.say(N_("standard: zero")), "cap": read.say(N_("cap"))}
    note = _without(corridors, apart, read)
    return picture("means", about, heads, table, read, rows=rows, words=words, note=note)


def _without(corridors: Mapping[Ends, Rows], apart: Sequence[Line], read: Reader) -> str:
    """The suppliers whose mean, or corridors, a release does not show, by name, and of many how many they are."""
    every = (pair for rows in corridors.values() for pair in rows)
    unshown = (*(line for line, one in every if one.rounded and one.months is None), *apart)
    names = list(dict.fromkeys(line.firm.name for line in unshown))
    if not names:
        return ""
    named, left = "; ".join(map(read.isolated, names[:NAMED_BELOW])), len(names) - NAMED_BELOW
    more = "; " + read.ngettext("and %(num)s more", "and %(num)s more", left) if left > 0 else ""
    return f"{read.say(NOT_SHOWN)}: {named}{more}"


def _row(ends: Ends, line: Line, one: CorridorLine, read: Reader, day: date) -> list[str]:
    told = Told(read, one.rounded)
    is_known = one.answered and (one.words or one.paid is not None)
    paid = told.of(one.paid, one.words, one.answered) if is_known else line_words.paid_there(one, told)
    figures = (line_words.months_there(one, told), paid)
    band = read.say(say(wording.BANDS, line.band))
    caps = (_under(ends, read, day) or read.say(NO_CAP), _in_months(ends, one, read, day))
    return [read.corridor(*ends), line.firm.name, band, *figures, *caps]


def _row_apart(line: Line, read: Reader) -> list[str]:
    """Nothing is said of a corridor, nor of a cap that would name it."""
    unshown = read.say(NOT_SHOWN)
    return [unshown, line.firm.name, read.say(say(wording.BANDS, line.band)), *[unshown] * 4]


def _in_months(ends: Ends, one: CorridorLine, read: Reader, day: date) -> str:
    cap = cap_in_months(ends, day) if one.rounded else one.cap_months
    return no_mark(ends, [one], read, day) or read.say(wording.NOT_KNOWN) if cap is None else read.months(cap)


def no_mark(ends: Ends, lines: Sequence[CorridorLine], read: Reader, day: date) -> str:
    """Why a cap has no mark among months of wage: none is known, a release tells of no wage, or it is so much for each
    year of contract. Empty where workers' answers alone could say."""
    rules = caps(ends, day)
    if not rules:
        return read.say(NO_CAP)
    if any(rule.per_contract_months for rule in rules):
        return read.say(NO_LENGTH)
    is_amount = any(rule.type == "fixed_cap" for rule in rules)
    return read.say(NO_MARK) if is_amount and all(one.rounded for one in lines) else ""


def _has_none(pair: tuple[Line, CorridorLine]) -> bool:
    return pair[1].months is None


def _dot(line: Line, one: CorridorLine, read: Reader) -> dict[str, Any]:
    band = read.say(say(wording.BANDS, line.band))
    told = Told(read, one.rounded)
    paid = read.say(N_("paid: %(share)s"), share=told.of(one.paid, one.words, one.answered))
    return {
        "label": line.firm.name, "about": "", "months": one.months, "said": told.months(one.months),
        "band": line.band, "told": f"{line.firm.name} · {band}\n{paid}",
    }  # fmt: skip


def _cap(pairs: Rows) -> float | None:
    """Of several suppliers in the middle, by their workers."""
    known = [(one.cap_months, one.with_cap) for _, one in pairs if one.cap_months is not None and one.with_cap]
    whole = sum(number for _, number in known)
    return sum(months * number for months, number in known) / whole if whole else None


def caps(ends: Ends, day: date) -> tuple[FeeRule, ...]:
    """The national rule that held for everybody on a corridor; without one, those for some sectors or genders."""
    rules = rules_on(*ends, day, load_method())
    wide = [rule for rule in rules if not rule.sectors and not rule.genders]
    return (max(wide, key=lambda rule: (rule.narrowness, rule.valid_from or 0)),) if wide else rules


def cap_in_months(ends: Ends, day: date) -> float | None:
    """The cap where one number of months of wage held for everybody; nothing may be charged is 0."""
    match caps(ends, day):
        case (FeeRule(type="zero"),):
            return 0.0
        case (FeeRule(type="wage_multiple", per_contract_months=None, months_of_wage=months),):
            return months
    return None


def _about(ends: Ends, pairs: Rows, cap: float | None, read: Reader, day: date) -> str:
    """What stands below a corridor: the cap, and why it has no mark."""
    said = _under(ends, read, day)
    why = no_mark(ends, [one for _, one in pairs], read, day) if said and cap is None else ""
    return " · ".join(part for part in (said, why) if part)


def _under(ends: Ends, read: Reader, day: date) -> str:
    """The cap of that day in words, as the rule has it; empty where no rule is known."""
    cap = cap_words(ends, read, day)
    return read.say(N_("national cap on %(day)s: %(cap)s"), day=read.date(day), cap=cap) if cap else ""


def cap_words(ends: Ends, read: Reader, day: date) -> str:
    """The same without the day. A cap is about some costs, and a picture tells of all: so it says of which it is."""
    return "; ".join(dict.fromkeys(_with_costs(rule, read) for rule in caps(ends, day)))


def _with_costs(rule: FeeRule, read: Reader) -> str:
    groups = [read.say(words) for code, words in wording.CATEGORIES.items() if code in rule.covers]
    single = len(rule.items)
    more = [read.ngettext("and %(num)s more", "and %(num)s more", single)] if single else []
    costs = "; ".join((*groups, *more))
    return f"{_rule(rule, read)} ({costs})" if costs else _rule(rule, read)


def _rule(rule: FeeRule, read: Reader) -> str:
    match rule.type:
        case "fixed_cap":
            return read.money(rule.amount or 0.0, rule.currency or "")
        case "zero":
            return read.say(N_("nothing may be charged"))
        case "wage_multiple":
            wage = read.say(N_("%(months)s × monthly wage"), months=read.number(rule.months_of_wage))
            per = rule.per_contract_months
            each = read.say(N_("for every %(months)s months of contract"), months=read.number(per)) if per else ""
            at_most = rule.months_at_most
            most = read.say(N_("at most %(months)s × monthly wage"), months=read.number(at_most)) if at_most else ""
            return ", ".join(part for part in (f"{wage} {each}".strip(), most) if part)
        case _:
            return read.say(N_("not known here"))
