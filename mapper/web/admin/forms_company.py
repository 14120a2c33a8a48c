"""Forms for buyers, suppliers, their sites, and labour recruiters."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from mapper.language.catalogue import translator
from mapper.setup import values
from mapper.store import queries, tables
from mapper.web import locale
from mapper.web.admin.fields import BoxesField, ChoiceField, ReadField
from mapper.web.admin.form import CODE_HINT, Group, SetupForm, countries, listed, named
from mapper.web.admin.words import ACTORS, GENDERS


class BuyerForm(SetupForm):
    table = tables.Buyer

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    name = ReadField(_l("Name"), values.name)


class SupplierForm(SetupForm):
    """Its tier at each buyer is a field `tier_<id of the buyer>`, added by `supplier_form`."""

    table = tables.Supplier

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    name = ReadField(_l("Name"), values.name)
    country = ChoiceField(_l("Country"))
    sector = ChoiceField(_l("Sector"))
    recruiters = BoxesField(
        _l("Labour recruiters"), description=_l("Those who recruit migrant workers for this supplier, as far as known.")
    )

    def stored(self, row: Any) -> dict[str, Any]:
        tiers = queries.links(self.session, tables.SupplyLink, supplier_id=row.id)
        recruiters = queries.links(self.session, tables.RecruiterLink, supplier_id=row.id)
        return {
            **super().stored(row),
            **{f"tier_{link.buyer_id.hex}": str(link.tier) for link in tiers},
            "recruiters": [str(link.recruiter_id) for link in recruiters],
        }

    def fill(self) -> None:
        self.country.offer(countries())
        self.sector.offer(sectors(self.sector.data))
        self.recruiters.choices = named(queries.everything(self.session, tables.LabourRecruiter))

    def groups(self) -> dict[str, Group]:
        fields = tuple(self.tiers().values())
        hint = _l("1 for a direct supplier, 2 for its supplier, and so on. Empty where it does not supply this buyer.")
        return {fields[0].name: Group(_l("Tier at each buyer"), hint, fields)} if fields else {}

    def tiers(self) -> dict[UUID, ReadField]:
        return {UUID(name[5:]): field for name, field in self._fields.items() if name.startswith("tier_")}

    def write(self, row: Any) -> None:
        row.code, row.name, row.country, row.sector = (
            self.code.value, self.name.value, self.country.data, self.sector.data
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        self._link(
            tables.SupplyLink, row, "buyer_id", {key: {"tier": f.value} for key, f in self.tiers().items() if f.value}
        )
        self._link(tables.RecruiterLink, row, "recruiter_id", {UUID(each): {} for each in self.recruiters.data or ()})

    def _link(self, table: Any, row: Any, end: str, wanted: Mapping[UUID, Mapping[str, Any]]) -> None:
        """Make the links of this table exactly those that are wanted."""
        present = {getattr(link, end): link for link in queries.links(self.session, table, supplier_id=row.id)}
        for gone in present.keys() - wanted.keys():
            self.session.delete(present[gone])
        for key, parts in wanted.items():
            link = present.get(key) or table(supplier_id=row.id, **{end: key}, **parts)
            for name, value in parts.items():
                setattr(link, name, value)
            self.session.add(link)


def supplier_form(session: Session, row: Any = None, proposed: Mapping[str, str] | None = None) -> SupplierForm:
    """The form with a tier field for every buyer there is."""
    buyers = queries.everything(session, tables.Buyer)
    fields = {f"tier_{buyer.id.hex}": ReadField(buyer.name, values.tier, needed=False) for buyer in buyers}
    made: SupplierForm = type("SupplierForm", (SupplierForm,), fields)(session, row, proposed)
    return made


class SiteForm(SetupForm):
    table = tables.Site
    within = "supplier"

    supplier_id = ChoiceField(_l("Supplier"))
    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    name = ReadField(_l("Name"), values.name)
    woman = ReadField(GENDERS["woman"], values.workers, needed=False)
    man = ReadField(GENDERS["man"], values.workers, needed=False)
    another = ReadField(GENDERS["another"], values.workers, needed=False)
    unavailable = ReadField(GENDERS["unavailable"], values.workers, needed=False)

    def stored(self, row: Any) -> dict[str, Any]:
        return {
            **super().stored(row),
            "supplier_id": str(row.supplier_id),
            **{k: str(n) for k, n in row.workers.items()},
        }

    def fill(self) -> None:
        self.supplier_id.offer(named(queries.everything(self.session, tables.Supplier)))

    def groups(self) -> dict[str, Group]:
        hint = _l(
            "Empty means that nobody stated it, which is not zero. Workers whose gender is not known are counted last."
        )
        return {"woman": Group(_l("Migrant workers"), hint, tuple(self[gender] for gender in GENDERS))}

    def write(self, row: Any) -> None:
        row.supplier_id, row.code, row.name = UUID(self.supplier_id.data), self.code.value, self.name.value
        row.workers = {gender: self[gender].value for gender in GENDERS if self[gender].value is not None}


class RecruiterForm(SetupForm):
    table = tables.LabourRecruiter

    code = ReadField(_l("Code"), values.code, description=CODE_HINT)
    name = ReadField(_l("Name"), values.name)
    country = ChoiceField(_l("Country"))
    actor = ChoiceField(_l("Kind"))
    licence = ReadField(_l("Licence number"), values.name, needed=False)

    def fill(self) -> None:
        self.country.offer(countries())
        self.actor.offer(listed(ACTORS, self.actor.data))

    def write(self, row: Any) -> None:
        super().write(row)
        row.country, row.actor = self.country.data, self.actor.data


def sectors(kept: str | None = None) -> list[tuple[str, str]]:
    """The sectors that the worker questionnaire knows, and the stored one even where it is none of them."""
    from mapper.definition import library  # slow to load, and needed for this form alone

    survey = library.look_up("worker").survey
    known = survey.choices.get("sectors", ()) if survey else ()
    say = translator(locale.current()).text
    return listed({choice.name: say(choice.label) for choice in known}, kept)
