"""Forms and answers made by chance: each question is answered as it is asked, most of them, some of them wrongly."""

from random import Random
from typing import Any

from mapper.definition.model import Question, Repeat, Survey
from mapper.interview.route import walk

SURVEYS = ("gender_scale", "worker_short", "worker_family", "observation", "iris_self", "recruiter", "documents")


def form(chance: Random) -> str:
    """A form with groups, repeats, filters and calculations, as Markdown tables."""
    rows = ["| survey |", "| | type | name | label | relevant | constraint | required | calculation | choice_filter |"]
    known: list[str] = []

    def rule() -> str:
        if not known:
            return ""
        name, number = chance.choice(known), chance.randrange(5)
        choices = (f"${{{name}}} > {number}", f"${{{name}}} = ''", f"not(${{{name}}} < {number})", "selected(${list}, 'b')",  # noqa: E501
                   f"string-length(${{{name}}}) > 0 and ${{{name}}} != {number}", "${land} = 'NP' or ${town} != ''")  # fmt: skip  # noqa: E501
        return chance.choice(choices)

    def question(name: str) -> None:
        kind = chance.choice(("integer", "integer", "text", "decimal", "select_multiple abc"))
        relevant = rule() if chance.random() < 0.6 else ""
        constraint = f". < {chance.randrange(2, 9)}" if kind in ("integer", "decimal") and chance.random() < 0.5 else ""
        required = "yes" if chance.random() < 0.3 else ""
        rows.append(f"| | {kind} | {name} | {name} | {relevant} | {constraint} | {required} | | |")
        if kind == "integer":
            known.append(name)

    rows.append("| | select_one land | land | Land | | | | | |")
    rows.append("| | select_one town | town | Town | | | | | land = ${land} |")
    rows.append("| | select_multiple abc | list | List | | | | | |")
    for number in range(3):
        question(f"a{number}")
    rows.append(f"| | begin group | g | Group | {rule()} | | | | |")
    for number in range(3):
        question(f"b{number}")
    rows.append("| | end group | | | | | | | |")
    outside = list(known)
    rows.append("| | begin repeat | r | Row | | | | | |")
    for number in range(2):
        question(f"c{number}")
    rows.append("| | integer | k | K | | | | | |")
    rows.append("| | calculate | at | | | | | position(..) * 2 | |")
    rows.append("| | end repeat | | | | | | | |")
    known[:] = outside
    rows.append("| | calculate | total | | | | | sum(${k}) | |")
    rows.append("| | calculate | rowcount | | | | | count(${r}) | |")
    rows.append("| | calculate | second | | | | | indexed-repeat(${k}, ${r}, 2) | |")
    rows.append("| | calculate | called | | | | | jr:choice-name(${town}, '${town}') | |")
    known += ["total", "rowcount"]
    for number in range(3):
        question(f"z{number}")
    lists = (
        "| choices |\n| | list_name | name | label | land |\n| | land | NP | Nepal | |\n| | land | MY | Malaysia | |\n"
    )
    lists += (
        "| | town | ktm | Kathmandu | NP |\n| | town | pkr | Pokhara | NP |\n| | town | kul | Kuala Lumpur | MY |\n"
    )
    return "\n".join(rows) + "\n" + lists + "".join(f"| | abc | {name} | {name.upper()} | |\n" for name in "abc")


def answers(survey: Survey, chance: Random, now: Any) -> dict[str, Any]:
    """Answers as JSON, given in the order in which they are asked for."""
    found: dict[str, Any] = {}
    for repeat in (item for item in survey.items() if isinstance(item, Repeat)):
        above = survey.ancestors[repeat.name]
        if not any(isinstance(one, Repeat) for one in above) and repeat.repeat_count is None:
            _put(found, [one.name for one in above], repeat.name, [{} for _ in range(chance.randrange(1, 4))])
    tried: set[str] = set()
    while True:
        walked = walk(survey, found, now=now)
        path = next((path for path in walked.asked if path not in tried), None)
        if path is None:
            return found
        tried.add(path)
        question = survey.questions[path.rpartition("/")[2]]
        if chance.random() < 0.8:
            _answer(found, path, one(question, walked.choices.get(path, ()), chance))


def one(question: Question, offered: tuple[str, ...], chance: Random) -> Any:
    match question.type:
        case "integer":
            return chance.randrange(12)
        case "decimal":
            return chance.choice((0.5, 1, 3.25, 12))
        case "money":
            return {"amount": chance.choice((0, 50, 1200.5)), "currency": chance.choice(question.currencies)}
        case "date":
            return chance.choice(("2024-02-29", "2026-03-03", "1990-07-01", "2027-01-01"))
        case "select_one":
            return chance.choice(offered) if offered else None
        case "select_multiple":
            return [name for name in offered if chance.random() < 0.4]
    return chance.choice(("a", "two words", "नमस्ते"))


def _answer(found: dict[str, Any], path: str, value: Any) -> None:
    at: Any = found
    *above, name = path.split("/")
    for part in above:
        group, _, row = part.partition("[")
        at = at[group][int(row[:-1]) - 1] if row else at.setdefault(group, {})
    at[name] = value


def _put(found: dict[str, Any], above: list[str], name: str, value: Any) -> None:
    for part in above:
        found = found.setdefault(part, {})
    found[name] = value


def for_enketo(survey: Survey, given: dict[str, Any]) -> dict[str, Any]:
    """The same answers as an instance holds them: choices in one text, money in two fields."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        question = survey.questions.get(name)
        if isinstance(value, dict) and question and question.type == "money":
            found |= {name: value["amount"], f"{name}_currency": value["currency"]}
        elif isinstance(value, dict):
            found[name] = for_enketo(survey, value)
        elif isinstance(value, list) and not question:
            found[name] = [for_enketo(survey, row) for row in value]
        else:
            found[name] = " ".join(value) if isinstance(value, list) else value
    return found


def key(path: str) -> str:
    """`rows[2]/home/name` as `2:name`."""
    *above, name = path.split("/")
    return ".".join(part.partition("[")[2][:-1] for part in above if "[" in part) + ":" + name
