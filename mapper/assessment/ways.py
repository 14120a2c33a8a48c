"""For the audit team: the ways that workers went from home to the employer, as their interviews tell them."""

from sqlmodel import Session

from mapper.assessment.run import judged
from mapper.assessment.visits import visits
from mapper.scoring import paths
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.paths import ChainStep


def ways(session: Session, supplier: str, round: str, method: str = DEFAULT) -> tuple[ChainStep, ...]:
    """The steps of this supplier and round by corridor; none where nobody was interviewed."""
    found, surveys = visits(session, [supplier], round)
    used = load_method(method)
    return tuple(step for visit in found for step in paths.steps(judged(session, visit, surveys, used)[0]))
