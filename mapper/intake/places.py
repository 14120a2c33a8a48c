"""Where a response belongs: its supplier, site and round, by the codes that people write or by id."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.definition.model import Survey
from mapper.intake.body import Body
from mapper.intake.definitions import unknown
from mapper.intake.receipt import BodyProblem
from mapper.notice import Notice, together
from mapper.store.tables import Mapping, Round, Site, Supplier, SupplyLink

Row = TypeVar("Row", Supplier, Site, Round)
COUNTED = ("worker", "management")  # whose answers make up a supplier's figures


@dataclass(frozen=True, slots=True)
class Places:
    """What was found; None where nothing was named or nothing fits."""

    supplier: Supplier | None = None
    site: Site | None = None
    round: Round | None = None


def find_places(session: Session, body: Body, survey: Survey | None) -> tuple[Places, tuple[BodyProblem, ...]]:
    """Supplier, site and round of a response, and what is wrong with the names given. A site given by its id says
    which supplier it belongs to."""
    site = _by_id(session, Site, body.site)
    named = _supplier(session, body.supplier)
    supplier = named or (session.get(Supplier, site.supplier_id) if site else None)
    if supplier and body.site and not site:
        site = session.exec(select(Site).where(Site.supplier_id == supplier.id, Site.code == body.site)).first()
    rounds = _rounds(session, body.round, supplier)
    places = Places(supplier, site, rounds[0] if len(rounds) == 1 else None)
    problems = [] if named or not body.supplier else [_unknown_supplier(session, body.supplier)]
    return places, (*problems, *_problems(session, body, survey, places, rounds))


def _unknown_supplier(session: Session, named: str) -> BodyProblem:
    known = list(session.exec(select(Supplier.code)))
    return BodyProblem("supplier", "unknown_supplier", unknown(Notice("supplier"), named, known))


def _problems(
    session: Session, body: Body, survey: Survey | None, places: Places, rounds: list[Round]
) -> Iterator[BodyProblem]:
    counts = survey is not None and survey.respondent in COUNTED
    if places.supplier is None and not body.supplier and (counts or body.site):
        yield BodyProblem("supplier", "required", Notice("Say which supplier this belongs to, by its code."))
    elif body.site and places.supplier:
        yield from _site_problems(session, body.site, places.supplier, places.site)
    if body.round and len(rounds) != 1:
        yield _round_problem(session, body.round, rounds)
    elif counts and not body.round:
        yield BodyProblem("round", "required", Notice("Say which round this belongs to, by its code."))


def _site_problems(session: Session, named: str, supplier: Supplier, site: Site | None) -> Iterator[BodyProblem]:
    if site is None:
        known = list(session.exec(select(Site.code).where(Site.supplier_id == supplier.id)))
        yield BodyProblem("site", "unknown_site", unknown(_site_of(supplier), named, known))
    elif site.supplier_id != supplier.id:
        message = Notice("This site is not one of %(supplier)s's. Check both.", supplier=supplier.code)
        yield BodyProblem("site", "unknown_site", message)


def _site_of(supplier: Supplier) -> str:
    return Notice("site of %(supplier)s", supplier=supplier.code)


def _round_problem(session: Session, named: str, rounds: list[Round]) -> BodyProblem:
    if not rounds:
        known = [f"{mapping}/{round_}" for mapping, round_ in _round_codes(session)]
        meant = unknown(Notice("round"), named, known + [code.partition("/")[2] for code in known])
        return BodyProblem("round", "unknown_round", meant)
    mappings = ", ".join(f"{mapping}/{named}" for mapping, code in _round_codes(session) if code == named)
    message = Notice("Several mappings have a round '%(round)s'.", round=named)
    remedy = Notice("Write one of %(listed)s.", listed=mappings)
    return BodyProblem("round", "ambiguous", together(message, remedy))


def _round_codes(session: Session) -> list[tuple[str, str]]:
    asked = select(Mapping.code, Round.code).join(Round, col(Round.mapping_id) == col(Mapping.id))
    return [(mapping, round_) for mapping, round_ in session.exec(asked)]


def _rounds(session: Session, named: str | None, supplier: Supplier | None) -> list[Round]:
    """The rounds that a name may mean: an id, `mapping/round`, or a code in a mapping of the supplier's buyers."""
    if not named or (found := _by_id(session, Round, named)):
        return [found] if named and found else []
    mapping, _slash, code = named.rpartition("/")
    asked = select(Round).join(Mapping, col(Round.mapping_id) == col(Mapping.id)).where(Round.code == code)
    if mapping:
        return list(session.exec(asked.where(Mapping.code == mapping)))
    found_here = list(session.exec(asked))
    if len(found_here) < 2 or supplier is None:
        return found_here
    buyers = select(SupplyLink.buyer_id).where(SupplyLink.supplier_id == supplier.id)
    return list(session.exec(asked.where(col(Mapping.buyer_id).in_(buyers))))


def _supplier(session: Session, named: str | None) -> Supplier | None:
    if not named:
        return None
    found = session.exec(select(Supplier).where(Supplier.code == named)).first()
    return found or _by_id(session, Supplier, named)


def _by_id(session: Session, table: type[Row], named: str | None) -> Row | None:
    try:
        return session.get(table, UUID(named)) if named else None
    except ValueError:
        return None
