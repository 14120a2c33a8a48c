"""Checks whatever somebody points at: questionnaires, modules, shared choices, whole folders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mapper import paths
from mapper.definition.assemble import RawModule, module_names
from mapper.definition.check_lists import lists_needed
from mapper.definition.clashes import clashes
from mapper.definition.draft import Draft, Notes
from mapper.definition.files import read_file, shown
from mapper.definition.keys import SURVEY
from mapper.definition.model import Place, Survey
from mapper.definition.problems import Problem
from mapper.definition.raw import Keyed, Listed, Scalar, Source, Value
from mapper.definition.read import SUFFIXES, gather, reading, survey_from_raw
from mapper.definition.report import Report
from mapper.notice import Notice

OWN = "own questions"  # no folder can be called so by chance
_NOWHERE = Source("")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and every problem once, by file and line."""

    problems: tuple[Problem, ...]
    questionnaires: int
    modules: int


class _Inspection:
    """Collects problems over everything that is looked at."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.report = Report()
        self.questionnaires: set[Path] = set()
        self.modules: set[Path] = set()
        self.drafts: list[Draft] = []
        self._surveys: list[Survey] = []

    def path(self, path: Path) -> None:
        if path.is_dir() and (path / "module.yaml").exists():
            self.module(path)
        elif path.is_dir():
            self.folder(path)
        elif (path.parent / "module.yaml").exists():
            self.module(path.parent)
        elif path.parent.name == "choices":
            self.folder(path.parent.parent)
        else:
            self.questionnaire(path)

    def folder(self, folder: Path) -> None:
        """Its questionnaires, then the modules that none of them uses; in a root, shared lists that nothing uses."""
        questionnaires = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
        modules = sorted(path.parent for path in (*folder.glob("modules/*/module.yaml"), *folder.glob("*/module.yaml")))
        if not questionnaires and not modules:
            message = Notice("The folder holds neither questionnaires nor modules.")
            remedy = Notice("Name a questionnaire's file, a module's folder, or a folder of questionnaires.")
            self.report.add("nothing_to_check", Place(shown(folder), 0), message, remedy)
        for path in questionnaires:
            self.questionnaire(path)
        for module in modules:
            if module not in self.modules:
                self.module(module)
        self._shared_lists(folder)

    def questionnaire(self, path: Path) -> None:
        found = reading(path, self._root)
        self.report.extend(found.problems)
        if found.survey and path not in self.questionnaires:
            for problem in clashes(found.survey, self._surveys):
                self.report.extend((problem,))
            self._surveys.append(found.survey)
        self.questionnaires.add(path)
        if found.draft:
            self.drafts.append(found.draft)
            self.modules |= {file.parent for file in found.files if file.name == "module.yaml"}

    def module(self, folder: Path) -> None:
        """A module is read with the questionnaire that suits it best: one that uses it, or as if one did."""
        self.modules.add(folder)
        root = folder.parent.parent if folder.parent.name == "modules" else self._root
        own = shown(folder)
        tried = [(draft, _inside(problems, own)) for problems, draft in _readings(folder.name, root)]
        draft, problems = min(tried, key=lambda one: sum(problem.severity == "error" for problem in one[1]))
        self.report.extend(problems)
        self.drafts.append(draft)

    def _shared_lists(self, folder: Path) -> None:
        needed = {name for draft in self.drafts for name in lists_needed(draft)}
        shared = {written.name: written for draft in self.drafts for written in draft.notes.lists.values()}
        for written in shared.values():
            if not written.owner and written.name not in needed and _is_in(written.place.file, folder / "choices"):
                message = Notice("Nothing uses the shared list '%(name)s'.", name=written.name)
                remedy = Notice("Remove it, or check the name.")
                self.report.add("unused_list", written.place, message, remedy)


def inspect(chosen: Iterable[Path] = (), root: Path = paths.SURVEYS) -> Checked:
    """Every problem of the files and folders named; of everything in `root` if none is."""
    inspection = _Inspection(root)
    for path in tuple(chosen) or (root,):
        inspection.path(path)
    return Checked(inspection.report.problems, len(inspection.questionnaires), len(inspection.modules))


def _readings(module: str, root: Path) -> Iterator[tuple[tuple[Problem, ...], Draft]]:
    """The module alone, and in each questionnaire; last in its list if it is not there yet."""
    written = [read_file(path, Report()) for path in sorted(root.glob("*.yaml"))]
    for survey in (_alone(), *(value for value in written if isinstance(value, Keyed))):
        notes = Notes()
        names = module_names(survey)
        raw, _ = gather(survey if module in names else _with_module(survey, module), root, notes.report)
        own = RawModule(_without(survey, *(key for key in SURVEY if key != "questions")))
        _, problems, draft = survey_from_raw(replace(raw, modules={**raw.modules, OWN: own}), notes)
        yield problems, draft


def _with_module(survey: Keyed, name: str) -> Keyed:
    """The questionnaire with a module more, after its own questions, which become a module for the purpose."""
    listed = survey.get("modules")
    own = (_word(OWN),) if survey.get("questions") else ()
    items = (*(listed.items if isinstance(listed, Listed) else ()), *own, _word(name))
    others = _without(survey, "modules", "questions").entries
    return Keyed((*others, (_word("modules"), Listed(items, survey.place))), survey.place)


def _without(survey: Keyed, *keys: str) -> Keyed:
    return Keyed(tuple((key, value) for key, value in survey.entries if key.text not in keys), survey.place)


def _alone() -> Keyed:
    entries = {"name": "module", "title": "A module alone", "respondent": "worker"}
    written: tuple[tuple[Scalar, Value], ...] = tuple((_word(key), _word(value)) for key, value in entries.items())
    return Keyed(written, Place("", 0))


def _word(text: str) -> Scalar:
    return Scalar(text, _NOWHERE, 0)


def _inside(problems: Iterable[Problem], folder: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if _is_in(problem.file, Path(folder)))


def _is_in(file: str, folder: Path) -> bool:
    return Path(shown(Path(file))).is_relative_to(shown(folder))
