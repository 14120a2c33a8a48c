"""The kinds of things that are set up: for each one its words, its form and the columns of its list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlmodel import Session, SQLModel

from mapper.language.profile import languages, profile
from mapper.store import queries, tables
from mapper.store.tables_standing import Standing, StandingCorridor
from mapper.web.admin.form import SetupForm
from mapper.web.admin.forms_company import BuyerForm, RecruiterForm, SiteForm, sectors, supplier_form
from mapper.web.admin.forms_exercise import MappingForm, ReferralForm, round_form
from mapper.web.admin.words import ACTORS
from mapper.web.locale import country_name


@dataclass(frozen=True)
class Names:
    """Names by id of everything that a list may have to name."""

    by_id: Mapping[Any, str]

    def __getitem__(self, key: Any) -> str:
        return self.by_id.get(key, "–")


@dataclass(frozen=True)
class Column:
    label: LazyString
    shown: Callable[[Any, Names], Any]
    numeric: bool = False


@dataclass(frozen=True)
class Kind:
    """`owned` are links that go with a row, by the column that points to it. `empty` says why one would add one."""

    name: str
    table: type[SQLModel]
    title: LazyString
    add: LazyString
    empty: LazyString
    form: Callable[..., SetupForm]
    columns: tuple[Column, ...]
    owned: Mapping[type[SQLModel], str] = field(default_factory=dict)


def label_of(row: Any) -> str:
    """What a row is called in lists and sentences."""
    return str(
        getattr(row, "name", None) or getattr(row, "title", None) or getattr(row, "organisation", "") or row.code
    )


def names(session: Session) -> Names:
    kept = (tables.Buyer, tables.Supplier, tables.Mapping, tables.Site)
    return Names({row.id: label_of(row) for table in kept for row in queries.everything(session, table)})  # type: ignore[attr-defined]


def _workers(site: tables.Site, _names: Names) -> int | None:
    return sum(site.workers.values()) if site.workers else None


def _days(round: tables.Round, _names: Names) -> tuple[Any, Any]:
    return (round.starts, round.ends)


def _language(code: str) -> str:
    return profile(code).name if code in languages() else code


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "buyers",
            tables.Buyer,
            _l("Buyers"),
            _l("Add a buyer"),
            _l("The company that asked for the mapping: it buys from the suppliers that are assessed."),
            BuyerForm,
            (),
        ),
        Kind(
            "suppliers",
            tables.Supplier,
            _l("Suppliers"),
            _l("Add a supplier"),
            _l("The companies whose migrant workers are interviewed, with their tier at the buyer."),
            supplier_form,
            (
                Column(_l("Country"), lambda row, names: country_name(row.country)),
                Column(_l("Sector"), lambda row, names: dict(sectors(row.sector))[row.sector]),
            ),
            {
                tables.SupplyLink: "supplier_id",
                tables.RecruiterLink: "supplier_id",
                Standing: "supplier_id",
                StandingCorridor: "supplier_id",
            },
        ),
        Kind(
            "sites",
            tables.Site,
            _l("Sites"),
            _l("Add a site"),
            _l("The places of a supplier, each with its number of migrant workers: shares and intervals need it."),
            SiteForm,
            (
                Column(_l("Supplier"), lambda row, names: names[row.supplier_id]),
                Column(_l("Migrant workers"), _workers, numeric=True),
            ),
        ),
        Kind(
            "recruiters",
            tables.LabourRecruiter,
            _l("Labour recruiters"),
            _l("Add a labour recruiter"),
            _l("Agencies and brokers who recruit workers for the suppliers, as far as they are known."),
            RecruiterForm,
            (
                Column(_l("Country"), lambda row, names: country_name(row.country)),
                Column(_l("Kind"), lambda row, names: ACTORS.get(row.actor, row.actor)),
                Column(_l("Licence number"), lambda row, names: row.licence or "–"),
            ),
            {tables.RecruiterLink: "recruiter_id"},
        ),
        Kind(
            "mappings",
            tables.Mapping,
            _l("Mappings"),
            _l("Add a mapping"),
            _l("One exercise for one buyer. It holds the rounds in which people are interviewed."),
            MappingForm,
            (Column(_l("Buyer"), lambda row, names: names[row.buyer_id]),),
        ),
        Kind(
            "rounds",
            tables.Round,
            _l("Rounds"),
            _l("Add a round"),
            _l("One time of asking: when, in which languages, with which questionnaires, and how workers are chosen."),
            round_form,
            (
                Column(_l("Mapping"), lambda row, names: names[row.mapping_id]),
                Column(_l("Days"), _days),
                Column(_l("Questionnaires"), lambda row, names: ", ".join(row.questionnaires)),
                Column(_l("Languages"), lambda row, names: ", ".join(map(_language, row.languages))),
            ),
            {Standing: "round_id", StandingCorridor: "round_id"},
        ),
        Kind(
            "referrals",
            tables.ReferralContact,
            _l("Referral contacts"),
            _l("Add a referral contact"),
            _l("Whom the auditor calls when someone is in danger. No interview should begin without them."),
            ReferralForm,
            (
                Column(_l("What it does"), lambda row, names: row.service),
                Column(_l("Telephone"), lambda row, names: row.telephone),
                Column(_l("Country"), lambda row, names: country_name(row.country)),
                Column(_l("Site"), lambda row, names: names[row.site_id] if row.site_id else "–"),
            ),
        ),
    )
}
