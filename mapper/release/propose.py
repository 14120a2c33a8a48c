"""What a release of one supplier in one round would show, what it would keep back, and why. Nothing is stored here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mapper.notice import Notice
from mapper.release.audit import Figure
from mapper.release.figures import Audit, Before, by_threshold, figures
from mapper.release.groups import Group, Members, Refusal, admit, as_listed, candidates
from mapper.release.interviews import Interviews
from mapper.release.least import Told
from mapper.release.months import means
from mapper.release.rounding import rounded, shown_as
from mapper.release.rule import FLOOR, Rule
from mapper.release.why import NOT_SHOWN, TOO_COARSE, TOO_FEW, Shown, of_management, why
from mapper.scoring.method import ScoringMethod
from mapper.scoring.released import ROUNDED_BY, TOTAL, Released, ReleasedGroup, ReleasedShare, quality_word
from mapper.scoring.results import SupplierScore

NO_AUDIT = Audit(0, 0, 0)
EVERY_FIGURE = "every"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that told something about the same interviews: its groups, and by outcome whose answer was unknown."""

    groups: Mapping[str, Members]
    released: Released
    unknown: Mapping[str, Members] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`released` is what others would see, everything else is for the audit team; `warnings` ask to think again.
    `by_threshold`: how many counts a threshold alone would have shown."""

    released: Released
    groups: tuple[Group, ...]
    withheld: tuple[Refusal, ...]
    audit: Audit
    by_threshold: int
    warnings: tuple[Notice, ...] = ()


def propose(
    said: Interviews, score: SupplierScore, method: ScoringMethod, rule: Rule, earlier: Sequence[Earlier] = ()
) -> Proposal:
    """The release that these interviews allow beside those that there are."""
    number = len(said.members)
    empty = Released(
        version=0, decided=None, supplier_from=None, level="nothing", band="not_enough_information", why=(TOO_FEW,)
    )
    if number < rule.least:
        return Proposal(empty, (), (Refusal(TOTAL, _few(number, rule.least)),), NO_AUDIT, 0)
    whole = Group((), frozenset(said.members))
    if number < rule.breakdown_from:
        reasons = (TOO_COARSE.format(number=rule.breakdown_from), *of_management(score, method))
        band_only = replace(empty, level="band", band=score.band, why=reasons)
        kept = Refusal(TOTAL, _few(number, rule.breakdown_from), EVERY_FIGURE)
        return Proposal(band_only, (whole,), (kept,), NO_AUDIT, 0, _warnings(score, method, band_only))
    return _breakdowns(said, score, method, rule, earlier, empty)


def _few(number: int, least: int) -> Notice:
    return Notice("Interviews: %(number)s; at least %(least)s are needed", number=number, least=least)


def _breakdowns(
    said: Interviews,
    score: SupplierScore,
    method: ScoringMethod,
    rule: Rule,
    earlier: Sequence[Earlier],
    empty: Released,
) -> Proposal:
    seen = [members for release in earlier for members in release.groups.values()]
    possible_groups = candidates(said.members, said.attributes, rule)
    admission = admit(possible_groups, seen, rule)
    shown_before = before(earlier, frozenset(said.members), rule)
    counts, audit, given_up = figures(said, admission.groups, rule, shown_before)
    means_before = [(one.name, release.groups[one.group]) for release in earlier for one in release.released.months]
    told = _told(said, admission.groups, replace(empty, figures=counts), shown_before, rule)
    months, no_means = means(said.amounts, admission.groups, rule, frozenset(said.members), told, means_before)
    released = replace(
        empty,
        level="breakdowns",
        band=score.band,
        why=why(score, method, Shown(counts, months)),
        interviews=rounded(len(said.members), rule),
        quality=quality_word(score.quality.score),
        groups=tuple(_shown_group(group, rule) for group in sorted(admission.groups, key=lambda g: as_listed(g, rule))),
        figures=counts,
        months=months,
    )
    withheld = (*admission.refused, *given_up, *no_means)
    cells = by_threshold(said, possible_groups, rule)
    return Proposal(released, admission.groups, withheld, audit, cells, _warnings(score, method, released))


def _told(said: Interviews, groups: Sequence[Group], shown: Released, before: Before, rule: Rule) -> Told:
    """Everything that counts tell, these and earlier ones."""
    now = Earlier({group.name: group.members for group in groups}, shown, said.unknown)
    return Told((*left_possible(now, rule), *before.figures), _together([said.unknown, before.unknown]))


def _shown_group(group: Group, rule: Rule) -> ReleasedGroup:
    return ReleasedGroup(group.name, group.values, rounded(len(group.members), rule))


def before(earlier: Sequence[Earlier], now: Members, rule: Rule) -> Before:
    """What earlier releases told, and who of those behind them is here no more."""
    behind = (members for one in earlier for members in one.groups.values())
    told = tuple(figure for one in earlier for figure in left_possible(one, rule))
    return Before(told, frozenset[int]().union(*behind) - now, _together(one.unknown for one in earlier))


def _together(unknown: Iterable[Mapping[str, Members]]) -> dict[str, Members]:
    """By outcome, everybody whose answer any of these leaves unknown."""
    found: dict[str, Members] = {}
    for one in unknown:
        for name, members in one.items():
            found[name] = found.get(name, frozenset()) | members
    return found


def left_possible(earlier: Earlier, rule: Rule) -> list[Figure]:
    """What the figures of a release say to somebody who knows who was in its groups."""
    found = []
    for figure in earlier.released.figures:
        for share in figure.shares:
            members = earlier.groups[share.group]
            known = len(members - earlier.unknown.get(figure.name, frozenset()))
            found.append(Figure(figure.name, members, *_counts_shown_as(share, known, rule)))
    return found


def _counts_shown_as(share: ReleasedShare, known: int, rule: Rule) -> tuple[int, int]:
    """The least and the most count that reads like this to somebody who knows of how many. Where it was not kept whose
    answer was known, of any number that the base may stand for."""
    near = range(max(share.base - ROUNDED_BY, 0), share.base + ROUNDED_BY + 1)
    bases = [known] if known in near else near
    same = [count for base in bases for count in shown_as((share.cases, share.words), base, rule)]
    return min(same), max(same)


def _warnings(score: SupplierScore, method: ScoringMethod, released: Released) -> tuple[Notice, ...]:
    """What the auditor should think about before deciding."""
    found = []
    if score.band in ("critical", "high") and released.level == "band":
        found.append(
            Notice(
                "So few interviews and so grave a band tell the employer that somebody spoke. "
                "Is everybody safe who did?"
            )
        )
    if NOT_SHOWN in released.why and score.classes.get("FL_indicated", 0) < FLOOR:
        found.append(
            Notice("The band rests on a few workers, whose number is not shown. The band alone tells that they spoke.")
        )
    return tuple(found)
