"""Tables of what researchers bring: drafts of questionnaires, and which version of one is in the field."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from mapper.store.tables import Moment, json_column, now


class StudyDraft(SQLModel, table=True):
    """A questionnaire that was uploaded, whole: `files` are the texts of a study's folder by path, `repairs` what the
    reader of the upload had to say, `home` to which questionnaire (`base`) which `modules` were added, `after` which
    module, and in which `rows` of a workbook its indicators stand. `state` is open, published or discarded."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(index=True)
    file: str
    files: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    repairs: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    home: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    state: str = Field(default="open", index=True)
    uploaded: datetime = Field(default_factory=now, sa_type=Moment)
    uploaded_by: UUID | None = Field(default=None, foreign_key="user.id")


class Publication(SQLModel, table=True):
    """Append-only: what became of a questionnaire. The last row of a name holds. `version` None means the one in the
    server's files; a retired one is not offered for new interviews, and those begun with it still arrive."""

    sequence: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    action: str
    version: str | None = None
    retired: bool = False
    draft_id: UUID | None = Field(default=None, foreign_key="studydraft.id")
    reason: str
    at: datetime = Field(default_factory=now, sa_type=Moment)
    by: UUID | None = Field(default=None, foreign_key="user.id")
