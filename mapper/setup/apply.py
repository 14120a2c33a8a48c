"""Brings the store to what a plan says: all of it or, where anything is wrong, nothing."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session, select

from mapper.definition import library
from mapper.definition.report import did_you_mean
from mapper.notice import Notice
from mapper.setup import plan as plans
from mapper.setup.work import Change, Refused, Work
from mapper.store import publications, tables

__all__ = ["Change", "Refused", "apply"]
ADD_BUYER = Notice("Add `%(key)s:` to the file.", key="buyer")


def apply(session: Session, plan: plans.Plan, by: UUID | None = None) -> tuple[Change, ...]:
    """Create and update by code, within the session's transaction; what the plan does not name stays as it is.

    Raises Refused; the caller must then roll back.
    """
    work = _Work(session, plan, by)
    buyer = work.buyer()
    recruiters = {each.code: work.recruiter(each) for each in plan.recruiters}
    for supplier in plan.suppliers:
        work.supplier(supplier, buyer, recruiters)
    mapping = work.mapping(buyer)
    for round in plan.rounds:
        work.round(round, mapping)
    for referral in plan.referrals:
        work.referral(referral)
    if work.problems.found:
        raise Refused(work.problems.in_order())
    return tuple(work.changes)


class _Work(Work):
    """One application of a set-up file."""

    def __init__(self, session: Session, plan: plans.Plan, by: UUID | None) -> None:
        super().__init__(session, by, plan.synthetic)
        self.plan = plan

    def buyer(self) -> tables.Buyer | None:
        stated = self.plan.buyer
        return self.entry(tables.Buyer, "buyer", stated, self.marked(name=stated.name)) if stated else None

    def recruiter(self, stated: plans.RecruiterPlan) -> tables.LabourRecruiter | None:
        values = self.marked(name=stated.name, country=stated.country, actor=stated.actor, licence=stated.licence)
        return self.entry(tables.LabourRecruiter, "recruiter", stated, values)

    def supplier(
        self,
        stated: plans.SupplierPlan,
        buyer: tables.Buyer | None,
        recruiters: Mapping[str, tables.LabourRecruiter | None],
    ) -> None:
        values = self.marked(name=stated.name, country=stated.country, sector=stated.sector)
        supplier = self.entry(tables.Supplier, "supplier", stated, values)
        if supplier is None:
            return
        self._tier(stated, supplier, buyer)
        self._recruiters(stated, supplier, recruiters)
        for site in stated.sites:
            self.entry(
                tables.Site,
                "site",
                site,
                {"name": site.name, "workers": site.workers},
                within={"supplier_id": supplier.id},
                shown=f"{stated.code}/{site.code}",
            )

    def _tier(self, stated: plans.SupplierPlan, supplier: tables.Supplier, buyer: tables.Buyer | None) -> None:
        if buyer is None:
            if stated.tier:
                self.say(stated.place("tier"), "missing_buyer", Notice("A tier needs a buyer."), ADD_BUYER)
            return
        link = self.found(tables.SupplyLink, buyer_id=buyer.id, supplier_id=supplier.id)
        if link is None and stated.tier is None:
            remedy = Notice("Write `tier: 1` for a direct supplier of the buyer.")
            message = Notice("The tier of '%(code)s' is missing.", code=stated.code)
            self.say(stated.place(), "missing_key", message, remedy)
        elif link is None:
            self.session.add(tables.SupplyLink(buyer_id=buyer.id, supplier_id=supplier.id, tier=stated.tier or 1))
            self.note("created", "supply link", f"{buyer.code} – {stated.code}")
        elif stated.tier and link.tier != stated.tier:
            link.tier = stated.tier
            self.note("changed", "supply link", f"{buyer.code} – {stated.code}", ("tier",))

    def _recruiters(
        self,
        stated: plans.SupplierPlan,
        supplier: tables.Supplier,
        recruiters: Mapping[str, tables.LabourRecruiter | None],
    ) -> None:
        """The list of the file is the whole list: a recruiter that it no longer names serves the supplier no more."""
        if stated.recruiters is None:
            return
        wanted: dict[UUID, str] = {}
        for code in stated.recruiters:
            found = recruiters.get(code) or self.found(tables.LabourRecruiter, code=code)
            if found:
                wanted[found.id] = code
            elif code not in recruiters:
                self.unknown(stated.place("recruiters"), "recruiter", code, recruiters)
        links = self.session.exec(
            select(tables.RecruiterLink).where(tables.RecruiterLink.supplier_id == supplier.id)
        ).all()
        for link in links:
            if link.recruiter_id not in wanted:
                self.session.delete(link)
        new = set(wanted) - {link.recruiter_id for link in links}
        self.session.add_all(tables.RecruiterLink(recruiter_id=each, supplier_id=supplier.id) for each in new)
        if new or len(wanted) != len(links):
            state: Literal["created", "changed"] = "changed" if links else "created"
            self.note(state, "recruiters of", stated.code, tuple(sorted(wanted.values())) or ("none",))

    def mapping(self, buyer: tables.Buyer | None) -> tables.Mapping | None:
        stated = self.plan.mapping
        if stated is None:
            if self.plan.rounds:
                place = self.plan.rounds[0].place()
                self.say(
                    place,
                    "missing_mapping",
                    Notice("A round belongs to a mapping."),
                    Notice("Add `%(key)s:` to the file.", key="mapping"),
                )
            return None
        known = self.found(tables.Mapping, code=stated.code)
        if known is None and buyer is None:
            if self.plan.buyer is None:
                message = Notice("A new mapping needs a buyer.")
                self.say(stated.place(), "missing_buyer", message, ADD_BUYER)
            return None
        if known and buyer and known.buyer_id != buyer.id:
            message = Notice("The mapping '%(code)s' belongs to another buyer.", code=stated.code)
            self.say(stated.place("code"), "other_buyer", message, Notice("Give the new mapping a code of its own."))
            return None
        values = self.marked(title=stated.title, buyer_id=buyer.id if buyer else None)
        return self.entry(tables.Mapping, "mapping", stated, values)

    def round(self, stated: plans.RoundPlan, mapping: tables.Mapping | None) -> None:
        if mapping is None:
            return
        known = self.found(tables.Round, mapping_id=mapping.id, code=stated.code)
        starts = stated.starts or (known and known.starts)
        ends = stated.ends or (known and known.ends)
        if starts and ends and ends < starts:
            message = Notice("The round ends on %(ends)s, before it starts on %(starts)s.", ends=ends, starts=starts)
            self.say(stated.place("ends"), "impossible_dates", message, Notice("Correct one of the two dates."))
        for code in stated.sampling or ():
            if code != "default" and not self.found(tables.Supplier, code=code):
                self.unknown(stated.place("sampling"), "supplier", code, (each.code for each in self.plan.suppliers))
        self._questionnaires(stated, known)
        lists = {"questionnaires": stated.questionnaires, "languages": stated.languages}
        values: dict[str, Any] = {"starts": stated.starts, "ends": stated.ends, "sampling": stated.sampling}
        values |= {key: list(found) if found is not None else None for key, found in lists.items()}
        shown = f"{mapping.code}/{stated.code}"
        self.entry(tables.Round, "round", stated, values, within={"mapping_id": mapping.id}, shown=shown)

    def _questionnaires(self, stated: plans.RoundPlan, known: tables.Round | None) -> None:
        """Those of the files and those published here; one that is retired only where the round has it already."""
        standing = publications.standing(self.session)
        every = {*library.names(), *(name for name, row in standing.items() if row.version)}
        kept = set(known.questionnaires) if known else set()
        for name in stated.questionnaires or ():
            if name not in every:
                publish = Notice("Correct the name, or publish it first under Questionnaires.")
                remedy = did_you_mean(name, every, publish)
                message = Notice("There is no questionnaire '%(name)s'.", name=name)
                self.say(stated.place("questionnaires"), "unknown_questionnaire", message, remedy)
            elif name in standing and standing[name].retired and name not in kept:
                message = Notice("The questionnaire '%(name)s' is retired: no new interview begins with it.", name=name)
                remedy = Notice("Leave it out, or take its retirement back on its page under Questionnaires.")
                self.say(stated.place("questionnaires"), "retired_questionnaire", message, remedy)

    def referral(self, stated: plans.ReferralPlan) -> None:
        values: dict[str, Any] = {key: getattr(stated, key) for key in stated.NEEDED}
        values["languages"] = list(stated.languages) if stated.languages is not None else None
        if stated.site:
            supplier = self.found(tables.Supplier, code=stated.site[0])
            site = supplier and self.found(tables.Site, supplier_id=supplier.id, code=stated.site[1])
            if site is None:
                known = (f"{each.code}/{site.code}" for each in self.plan.suppliers for site in each.sites)
                self.unknown(stated.place("site"), "site", "/".join(stated.site), known)
                return
            values["site_id"] = site.id
        self.entry(tables.ReferralContact, "referral contact", stated, values)
