"""Where something comes from: the title as it was published, our own remarks about it in the reader's language."""

import re

from mapper.language.reader import N_, Reader
from mapper.language.spoken import Sentence, Spoken, recognised

REMARKS = (  # what sources in definitions and methods say in our own words
    N_("own wording"), N_("own rule"), N_("own design"), N_("own threshold"), N_("general knowledge"),
    N_("from general knowledge"), N_("list from general knowledge"), N_("item from general knowledge"),
    N_("items from general knowledge"), N_("item and strength from general knowledge"), N_("verify"), N_("to verify"),
    N_("not confirmed"), N_("read second-hand"), N_("read in a second-hand adaptation"), N_("as reported in the press"),
    N_("topic"), N_("topics"), N_("item list"), N_("item families"), N_("document review"), N_("documents seen"),
    N_("observation"), N_("screening"), N_("step: own design"), N_("questionnaire not seen"),
    N_("national limits differ"), N_("which question stands for it is our own choice"),
    N_("Own rule, from the practice of labour auditors"), N_("Permit tied to one employer"),
    N_("Change of employer on conditions"), N_("text not seen"), N_("criteria not seen"), N_("criteria in our words"),
    N_("topics of the gender module"), N_("the rule for the level is our own"), N_("amounts net of repayment"),
    N_("the list is open"), N_("force is counted here"), N_("not abuse by itself"), N_("workers bear none of them"),
    N_("undisclosed costs are illegitimate"), N_("first day from general knowledge"), N_("days from general knowledge"),
    N_("without a positive answer, one missing answer leaves it unknown"), N_("one to two months of wage"),
)  # fmt: skip
FOUND = (  # what a source found, told in our own words before it is named
    N_("Mean cost of {number} months of wage, all corridors"), N_("Mean cost of {number} months of wage"),
    N_("{number} months of wage"), N_("About {least} to {most} months of wage"), N_("About USD {number}"),
    N_("Fees beyond the free visa, free ticket rule of 9 June 2015"),
    N_("About 1 in {number} migrant domestic workers in Hong Kong in forced labour"),
    N_("{share} of surveyed seafood workers in Thailand in forced labour"),
    N_("{share} of surveyed fishers in Thailand in forced labour"),
)  # fmt: skip
_LEAD = re.compile(r"^.*?(?=;| \(|, from |$)", re.S)
_BEGINS = r"(?:^|(?<=; )|(?<=\()|(?<=: )|(?<=, ))"
_SAID = "|".join(re.escape(text) for text in sorted(REMARKS, key=len, reverse=True))
_REMARK = re.compile(rf"{_BEGINS}(?i:{_SAID})(?=$|[;:,)]| \()")
_BY_SMALL = {text.casefold(): text for text in REMARKS}


class Cited(Spoken):
    """A source as definitions and methods name it, in English."""

    __slots__ = ()

    def said(self, read: Reader) -> str:
        lead = _LEAD.findall(str(self))[0]
        found = recognised(lead, FOUND)
        if not (isinstance(found, Sentence) and found.template in FOUND):
            return _remarked(str(self), read)
        return found.said(read) + _remarked(str(self)[len(lead) :], read)


def _remarked(text: str, read: Reader) -> str:
    return _REMARK.sub(lambda found: _remark(found[0], read), text)


def _remark(text: str, read: Reader) -> str:
    said = read.say(_BY_SMALL[text.casefold()])
    return said[:1].upper() + said[1:] if text[:1].isupper() else said
