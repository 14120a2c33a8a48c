"""From an empty installation to the first interview: what is done, what is next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from flask_babel import gettext as _
from sqlmodel import Session

from mapper.store import queries, tables
from mapper.web.locale import country_name


@dataclass(frozen=True)
class Step:
    """One thing to do. `lacking` says what is still missing although it was begun, and `mend` whether one adds
    something for that or changes what is there; `kind` leads to its list."""

    title: str
    why: str
    kind: str
    count: int
    lacking: str = ""
    is_optional: bool = False
    mend: Literal["add", "change"] = "add"
    state: Literal["done", "next", "later"] = "later"

    @property
    def is_done(self) -> bool:
        return self.count > 0 and not self.lacking


@dataclass(frozen=True)
class Installed:
    """What there is, each list once."""

    buyers: list[tables.Buyer]
    suppliers: list[tables.Supplier]
    links: list[tables.SupplyLink]
    sites: list[tables.Site]
    recruiters: list[tables.LabourRecruiter]
    mappings: list[tables.Mapping]
    rounds: list[tables.Round]
    referrals: list[tables.ReferralContact]
    users: list[tables.User]


def steps(session: Session) -> list[Step]:
    """The steps in order; the first that is neither done nor optional is the next one."""
    there = _installed(session)
    found = [*_who_is_mapped(there), *_how_they_are_asked(there)]
    next_one = next((step for step in found if not step.is_done and not step.is_optional), None)
    return [_with_state(step, "done" if step.is_done else "next" if step is next_one else "later") for step in found]


def _with_state(step: Step, state: Literal["done", "next", "later"]) -> Step:
    return replace(step, state=state)


def _installed(session: Session) -> Installed:
    return Installed(
        queries.everything(session, tables.Buyer),
        queries.everything(session, tables.Supplier),
        queries.everything(session, tables.SupplyLink),
        queries.everything(session, tables.Site),
        queries.everything(session, tables.LabourRecruiter),
        queries.everything(session, tables.Mapping),
        queries.everything(session, tables.Round),
        queries.everything(session, tables.ReferralContact),
        queries.users(session),
    )


def _who_is_mapped(there: Installed) -> list[Step]:
    return [
        Step(_("Add the buyer"), _("The company that asked for the mapping."), "buyers", len(there.buyers)),
        Step(
            _("Add the suppliers"),
            _("The companies whose migrant workers are interviewed, with their tier at the buyer."),
            "suppliers",
            len(there.suppliers),
            _without_tier(there),
            mend="change",
        ),
        Step(
            _("Add their sites"),
            _("With the number of migrant workers, by gender where it is known: shares and intervals need it."),
            "sites",
            len(there.sites),
            _without_sites(there) or _without_numbers(there),
            mend="add" if _without_sites(there) else "change",
        ),
        Step(
            _("Add labour recruiters"),
            _("Agencies and brokers, as far as they are known before the interviews."),
            "recruiters",
            len(there.recruiters),
            is_optional=True,
        ),
    ]


def _how_they_are_asked(there: Installed) -> list[Step]:
    return [
        Step(_("Add the mapping"), _("The exercise as a whole, for one buyer."), "mappings", len(there.mappings)),
        Step(
            _("Add a round"),
            _("When people are asked, in which languages, with which questionnaires, and how they are chosen."),
            "rounds",
            len(there.rounds),
        ),
        Step(
            _("Add referral contacts"),
            _("Whom the auditor calls when someone is in danger: at least one in every country."),
            "referrals",
            len(there.referrals),
            _without_contacts(there),
        ),
        Step(
            _("Give access"),
            _("To the auditors who interview, and to the buyer's reviewers who read the results."),
            "users",
            len(there.users),
            _without_people(there),
        ),
    ]


def _without_tier(there: Installed) -> str:
    """Nobody can interview for a mapping at a supplier that its buyer is not known to buy from."""
    linked = {link.supplier_id for link in there.links}
    bare = [supplier.name for supplier in there.suppliers if supplier.id not in linked]
    return _("Without a tier at any buyer: %(names)s.", names=_some(bare)) if bare else ""


def _without_sites(there: Installed) -> str:
    with_sites = {site.supplier_id for site in there.sites}
    bare = [supplier.name for supplier in there.suppliers if supplier.id not in with_sites]
    return _("Without a site: %(names)s.", names=_some(bare)) if bare else ""


def _without_numbers(there: Installed) -> str:
    bare = [site.name for site in there.sites if not site.workers]
    return _("Without a number of migrant workers: %(names)s.", names=_some(bare)) if bare else ""


def _without_contacts(there: Installed) -> str:
    served = {contact.country for contact in there.referrals}
    bare = sorted({supplier.country for supplier in there.suppliers} - served)
    return _("No contact yet in: %(names)s.", names=_some(map(country_name, bare))) if bare and served else ""


def _without_people(there: Installed) -> str:
    roles = {user.role for user in there.users if user.active}
    if "auditor" not in roles:
        return _("There is no auditor yet.")
    return _("There is no reviewer yet.") if "reviewer" not in roles else ""


def _some(names: Iterable[str]) -> str:
    """The first few of them."""
    listed = list(names)
    return ", ".join(listed[:4]) + (" …" if len(listed) > 4 else "")
