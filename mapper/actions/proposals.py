"""What a plan could begin with: entries of the library that follow from what may be shown, each with its findings."""

from dataclasses import dataclass

from mapper.actions.findings import Finding, is_of_workers
from mapper.language.reader import N_
from mapper.summary.requests import Request, known

OF_MANAGEMENT = N_("This rests on management's own answers alone.")
OF_DOCUMENTS = N_("This rests on documents and management's own answers alone.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`because` are the findings that ask for it."""

    request: Request
    because: tuple[Finding, ...]

    @property
    def rationale(self) -> str:
        """What the supplier reads of its reasons. Where no worker told of it, that is said: nobody is suspected."""
        if any(is_of_workers(one.key) for one in self.because):
            return ""
        return OF_DOCUMENTS if any(one.evidence == "documents" for one in self.because) else OF_MANAGEMENT


def proposals(found: tuple[Finding, ...]) -> tuple[Proposal, ...]:
    """The most urgent first. `found` must be what the release shows: a plan is read by the supplier, and a
    recommendation that rests on what was not released would tell what workers said."""
    made = (Proposal(one, tuple(each for each in found if each.topic in one.topics)) for one in known())
    return tuple(sorted((one for one in made if one.because), key=lambda one: one.request.priority))


def request(code: str | None) -> Request | None:
    return next((one for one in known() if one.code == code), None)
