"""From files to a survey, with every problem on the way."""

from dataclasses import dataclass, replace
from pathlib import Path

from mapper import paths
from mapper.definition.assemble import RawModule, RawSurvey, assemble, module_names
from mapper.definition.check import check, used_lists
from mapper.definition.draft import Draft, Notes
from mapper.definition.files import read_file, shown
from mapper.definition.model import Place, Survey
from mapper.definition.problems import Problem, errors
from mapper.definition.raw import Keyed, Scalar
from mapper.definition.read_tables import read_table
from mapper.definition.report import Report, did_you_mean
from mapper.definition.version import version
from mapper.notice import Notice

SUFFIXES = (".yaml", ".yml")
MODULE_FILES = ("module.yaml", "choices.yaml", "indicators.yaml", "translations.yaml")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: the survey where it has no errors, every problem, and what was looked at on disk."""

    survey: Survey | None
    problems: tuple[Problem, ...]
    draft: Draft | None = None
    files: tuple[Path, ...] = ()


def read_survey(name_or_path: str | Path, root: Path = paths.SURVEYS) -> tuple[Survey | None, tuple[Problem, ...]]:
    """The survey, or None where it has errors; and every problem, warnings included.

    `name_or_path` is a questionnaire's name in `root` or a path to its file. Modules and shared choices come from the
    file's own folder if it has any, otherwise from `root`.
    """
    found = reading(name_or_path, root)
    return found.survey, found.problems


def reading(name_or_path: str | Path, root: Path = paths.SURVEYS) -> Reading:
    """As `read_survey`, with the files behind it."""
    path = path_of(name_or_path, root)
    is_called_by_name = path.parent == root
    root = root_of(path, root)
    notes = Notes()
    if path.parent == root and not path.exists():
        _say_unknown(path, root, notes.report)
        return Reading(None, notes.report.problems, files=(root, path))
    written = read_file(path, notes.report)
    if not isinstance(written, Keyed):
        if written is not None:
            message = Notice("A questionnaire holds %(kind)s.", kind=written.kind)
            remedy = Notice("Write keys such as name, title and modules.")
            notes.report.add("wrong_shape", written.place, message, remedy)
        return Reading(None, notes.report.problems, files=(path,))
    if is_called_by_name:
        _check_name(written, path, notes.report)
    raw, files = gather(written, root, notes.report)
    survey, problems, draft = survey_from_raw(raw, notes)
    return Reading(survey, problems, draft, (path, *files))


def survey_from_raw(raw: RawSurvey, notes: Notes | None = None) -> tuple[Survey | None, tuple[Problem, ...], Draft]:
    """As `read_survey`, for what was written elsewhere, for example in a workbook.

    The draft holds the survey as far as it could be read even where the survey itself is None.
    """
    draft = assemble(raw, notes or Notes())
    check(draft)
    problems = draft.notes.report.problems
    if errors(problems):
        return None, problems, draft
    return finished(draft), problems, draft


def finished(draft: Draft) -> Survey:
    """The survey of a draft that may run: with the lists that it uses, and its version."""
    survey = replace(draft.survey, choices={name: draft.survey.choices[name] for name in used_lists(draft)})
    return replace(survey, version=version(survey))


def path_of(name_or_path: str | Path, root: Path) -> Path:
    path = Path(name_or_path)
    is_name = isinstance(name_or_path, str) and path.suffix not in SUFFIXES and path.name == name_or_path
    return root / f"{name_or_path}.yaml" if is_name else path


def root_of(path: Path, root: Path) -> Path:
    """The folder that holds the modules and shared choices for a questionnaire."""
    own = path.parent
    return own if (own / "modules").is_dir() or (own / "choices").is_dir() else root


def survey_names(root: Path) -> tuple[str, ...]:
    """Every questionnaire in the folder, in alphabetical order."""
    return tuple(sorted(path.stem for path in root.glob("*.yaml")))


def gather(survey: Keyed, root: Path, report: Report) -> tuple[RawSurvey, tuple[Path, ...]]:
    """What the questionnaire's modules and the shared lists hold, and where on disk that was found."""
    shared = sorted((root / "choices").glob("*.yaml"))
    known = sorted(path.parent.name for path in (root / "modules").glob("*/module.yaml"))
    wanted = {name: root / "modules" / name for name in module_names(survey) if name in known}
    lists = tuple(value for path in shared if (value := read_file(path, report)) is not None)
    modules = {name: read_module(folder, report) for name, folder in wanted.items()}
    files = [folder / file for folder in wanted.values() for file in ("", *MODULE_FILES)]
    files += [table for folder in wanted.values() for table in sorted(folder.glob("*.csv"))]
    return RawSurvey(survey, modules, lists, tuple(known)), (root / "choices", root / "modules", *shared, *files)


def read_module(folder: Path, report: Report) -> RawModule:
    """What the files of a module hold; only `module.yaml` must be there."""
    module, choices, indicators, translations = (
        read_file(folder / file, report) if (folder / file).exists() else None for file in MODULE_FILES
    )
    tables = (read_table(file, report) for file in sorted(folder.glob("*.csv")))
    return RawModule(module, choices, indicators, translations, tuple(table for table in tables if table))


def _say_unknown(path: Path, root: Path, report: Report) -> None:
    names = survey_names(root)
    remedy = did_you_mean(
        path.stem, names, Notice("Known here: %(listed)s.", listed=", ".join(names) or Notice("none"))
    )
    message = Notice("There is no questionnaire '%(name)s'.", name=path.stem)
    report.add("unknown_survey", Place(shown(path), 0), message, remedy)


def _check_name(survey: Keyed, path: Path, report: Report) -> None:
    """A questionnaire is asked for by its file's name and stored under its own."""
    name = survey.get("name")
    if isinstance(name, Scalar) and name.text != path.stem:
        message = Notice("The questionnaire is called '%(name)s', its file '%(file)s'.", name=name.text, file=path.stem)
        report.add("name_mismatch", name, message, Notice("Give both the same name."))
