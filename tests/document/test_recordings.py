"""Recordings of questions are found where they lie and named by their contents; another one is another document."""

from pathlib import Path

import pytest

from mapper import paths
from mapper.definition.model import Survey
from mapper.definition.read import read_survey
from mapper.document import recordings
from mapper.document.compile import compile_document

SURVEY = """
name: tiny
title: Tiny
respondent: worker
languages: [en, ne]
questions:
  - {type: text, name: job, label: "What is your work?"}
  - {type: integer, name: fee, label: "How much?", media: {audio: how_much.mp3}}
  - {type: text, name: other, label: "What else?"}
"""


@pytest.fixture
def audio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty `static/audio` of this test's own beside everything else that is there."""
    static = tmp_path / "static"
    static.mkdir()
    for each in paths.STATIC.iterdir():
        (static / each.name).symlink_to(each)
    monkeypatch.setattr(paths, "STATIC", static)
    (static / "audio" / "ne" / "tiny").mkdir(parents=True)
    return static / "audio"


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    (tmp_path / "tiny.yaml").write_text(SURVEY)
    found, problems = read_survey(tmp_path / "tiny.yaml")
    assert found, problems
    return found


def put(file: Path, content: bytes = b"sound") -> Path:
    file.write_bytes(content)
    return file


def test_a_recording_is_found_by_the_name_of_its_question_and_this_questionnaire_comes_first(
    audio: Path, survey: Survey
) -> None:
    put(audio / "ne" / "job.mp3")
    mine = put(audio / "ne" / "tiny" / "job.mp3")
    named = put(audio / "ne" / "how_much.mp3")
    put(audio / "ne" / "fee.mp3")
    put(audio / "ne" / "other.txt")
    assert recordings.recordings(survey, "ne") == {"job": mine, "fee": named}
    assert recordings.recordings(survey, "en") == {}


def test_the_smallest_form_is_played(audio: Path, survey: Survey) -> None:
    put(audio / "ne" / "job.wav")
    small = put(audio / "ne" / "job.opus")
    assert recordings.recordings(survey, "ne") == {"job": small}


def test_the_document_plays_it_and_another_recording_is_another_document(audio: Path, survey: Survey) -> None:
    assert (recordings.recordings_version(survey, "ne"), b"<audio" in compile_document(survey, "ne")) == ("", False)
    file = put(audio / "ne" / "job.opus")
    first = recordings.recordings_version(survey, "ne")
    document = compile_document(survey, "ne").decode()
    assert f'src="{recordings.address(file)}"' in document
    assert document.count('data-do="listen"') == 1
    put(file, b"another sound")
    assert recordings.recordings_version(survey, "ne") not in ("", first)
