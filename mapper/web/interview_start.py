"""What the auditor chooses from before an interview: round, site, questionnaire, language; and what was sent lately."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.definition.estimate import minutes
from mapper.definition.model import Survey
from mapper.intake import definitions
from mapper.language.profile import Profile, languages, profile
from mapper.store import contacts, queries
from mapper.store.repayments import CHECK
from mapper.store.tables import Mapping, Response, Round, Site, Supplier, SupplyLink
from mapper.web.locale import title_of

LATELY = 10
FIRST = {"worker": 0, "family": 1, "recipient": 2, "management": 3, "recruiter": 4}  # whose questionnaires stand first


@dataclass(frozen=True)
class RoundChoice:
    """One round with the mapping it belongs to. Nothing begins in a closed one but, where it `asks_repaid`, the check
    of what was repaid."""

    id: UUID
    code: str
    mapping: str
    synthetic: bool
    is_closed: bool
    asks_repaid: bool


@dataclass(frozen=True)
class SiteChoice:
    id: UUID
    supplier: str
    name: str


@dataclass(frozen=True)
class SurveyChoice:
    """A questionnaire with what an auditor wants to know before choosing it."""

    name: str
    title: str
    questions: int
    minutes: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """A receipt of this auditor's."""

    id: UUID
    survey: str
    status: str
    received: str
    supplier: str


@dataclass(frozen=True)
class StartPage:
    """`round` is None where nothing is set up, or where several rounds wait to be chosen from."""

    rounds: tuple[RoundChoice, ...]
    round: RoundChoice | None
    sites: tuple[SiteChoice, ...]
    surveys: tuple[SurveyChoice, ...]
    languages: tuple[Profile, ...]
    sent: tuple[Sent, ...]


def start_page(session: Session, auditor: UUID, wanted: str | None, on_paper: bool = False) -> StartPage:
    """Everything there is to choose; `wanted` is the id of the round that was chosen already. `on_paper`: of a closed
    round too, since what was asked before may still wait to be keyed in."""
    rounds = tuple(rounds_of(session))
    chosen = next((each for each in rounds if str(each.id) == wanted), rounds[0] if len(rounds) == 1 else None)
    row = session.get(Round, chosen.id) if chosen else None
    surveys = tuple(surveys_of(session, row, on_paper)) if row else ()
    spoken = {code for survey in surveys for code in survey.languages}
    offered = [
        code for code in languages() if code in spoken and (not row or not row.languages or code in row.languages)
    ]
    return StartPage(
        rounds=rounds,
        round=chosen,
        sites=tuple(sites_of(session, row)) if row else (),
        surveys=surveys,
        languages=tuple(map(profile, offered)),
        sent=tuple(_sent(session, auditor)),
    )


def rounds_of(session: Session) -> Iterator[RoundChoice]:
    """Every round of every mapping."""
    asked = select(Round, Mapping).join(Mapping, col(Round.mapping_id) == col(Mapping.id))
    for round_, mapping in session.exec(asked.order_by(col(Mapping.title), col(Round.starts), col(Round.code))):
        asks_repaid = not round_.questionnaires or CHECK in round_.questionnaires
        closed = queries.is_closed(session, round_.id)
        yield RoundChoice(round_.id, round_.code, mapping.title, mapping.synthetic, closed, asks_repaid)


def sites_of(session: Session, round_: Round) -> Iterator[SiteChoice]:
    """The sites of the suppliers that the mapping's buyer buys from."""
    asked = (
        select(Site, Supplier)
        .join(Supplier, col(Site.supplier_id) == col(Supplier.id))
        .join(SupplyLink, col(SupplyLink.supplier_id) == col(Supplier.id))
        .join(Mapping, col(Mapping.buyer_id) == col(SupplyLink.buyer_id))
        .where(Mapping.id == round_.mapping_id)
        .order_by(col(Supplier.name), col(Site.name))
    )
    for site, supplier in session.exec(asked):
        yield SiteChoice(site.id, supplier.name, site.name)


def may_begin(session: Session, round_id: UUID, survey: str) -> bool:
    """Whether a new interview may begin: in a closed round none but with workers who were repaid since."""
    return survey == CHECK or not queries.is_closed(session, round_id)


def surveys_of(session: Session, round_: Round, on_paper: bool = False) -> Iterator[SurveyChoice]:
    """The questionnaires that a round uses (all, where it names none) and that may begin, workers' first; none that is
    retired or that does not run."""
    wanted = round_.questionnaires
    names = [name for name in definitions.offered(session) if not wanted or name in wanted]
    names = [name for name in names if on_paper or may_begin(session, round_.id, name)]
    found = [survey for name in names if (survey := definitions.current(session, name))]
    for survey in sorted(found, key=lambda each: (FIRST.get(each.respondent, len(FIRST)), len(each.name))):
        count = sum(question.is_answerable for question in survey.questions.values())
        yield SurveyChoice(survey.name, title_of(survey), count, minutes(survey), survey.languages)


def _sent(session: Session, auditor: UUID) -> Iterator[Sent]:
    asked = (
        select(Response, Supplier)
        .join(Supplier, col(Response.supplier_id) == col(Supplier.id), isouter=True)
        .where(Response.received_by == auditor)
        .order_by(col(Response.sequence).desc())
        .limit(LATELY)
    )
    for response, supplier in session.exec(asked):
        when = response.received.strftime("%Y-%m-%d %H:%M")
        yield Sent(response.id, response.survey, response.status, when, supplier.name if supplier else "")


def contacts_at(session: Session, site_id: UUID) -> list[dict[str, object]]:
    """Whom to call there, those of the site itself first."""
    told = {"organisation", "service", "telephone", "languages"}
    return [each.model_dump(include=told) for each in contacts.contacts_at(session, site_id)]


def survey_of_version(session: Session, name: str, version: str) -> Survey | None:
    """The questionnaire in this version; None where this installation never had it."""
    found = definitions.pinned(session, name, version)
    return found if isinstance(found, Survey) else None
