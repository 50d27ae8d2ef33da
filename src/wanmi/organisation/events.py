"""Changes of bodies, posts and who holds them."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class BodyFounded(Event):
    """A body was entered."""

    subject_kind = "body"
    unsettles = True
    id: int


@dataclass(frozen=True)
class BodyChanged(Event):
    """Facts of a body were changed."""

    subject_kind = "body"
    unsettles = True
    id: int


@dataclass(frozen=True)
class PostChanged(Event):
    """Name, role, area or use of a post was changed."""

    subject_kind = "post"
    unsettles = True
    id: int


@dataclass(frozen=True)
class PostMade(Event):
    """A post was made in a body."""

    subject_kind = "post"
    unsettles = True
    id: int


@dataclass(frozen=True)
class Appointed(Event):
    """A person was appointed to a post."""

    subject_kind = "post"
    id: int
    user: int


@dataclass(frozen=True)
class Dismissed(Event):
    """A person no longer holds a post."""

    subject_kind = "post"
    id: int
    user: int


@dataclass(frozen=True)
class DeputyNamed(Event):
    """A person works kinds of task of a post in its holder's place, from day to day."""

    subject_kind = "post"
    id: int
    deputy: int
    holder: int
    user: int
    first: str
    last: str
    works: list[str]


@dataclass(frozen=True)
class DeputyWithdrawn(Event):
    """A person no longer stands in for the holder of a post."""

    subject_kind = "post"
    id: int
    deputy: int
    holder: int
    user: int


@dataclass(frozen=True)
class ViewBegun(Event):
    """An administrator began to see the pages as a person (their key) would."""

    subject_kind = "account"
    id: int


@dataclass(frozen=True)
class ViewEnded(Event):
    """An administrator stopped seeing the pages as a person would."""

    subject_kind = "account"
    id: int


@dataclass(frozen=True)
class RoleSet(Event):
    """A role was entered or its duties were changed."""

    subject_kind = "role"
    unsettles = True
    id: str
    duties: list[str]


@dataclass(frozen=True)
class RoleDropped(Event):
    """A role that no post carried was taken out."""

    subject_kind = "role"
    unsettles = True
    id: str


@dataclass(frozen=True)
class DutyGridTended(Event):
    """A post became responsible for a duty grid; `post` is None where nobody is."""

    subject_kind = "area"
    id: int
    post: int | None


@dataclass(frozen=True)
class ViewSaved(Event):
    """Filters of a list were kept under a name; `post` is whom they are shared with."""

    subject_kind = "view"
    id: int
    listing: str
    post: int | None


@dataclass(frozen=True)
class ViewChanged(Event):
    """A saved view was renamed, shared otherwise or given other filters."""

    subject_kind = "view"
    id: int
    listing: str
    post: int | None


@dataclass(frozen=True)
class ViewDropped(Event):
    """A saved view was deleted."""

    subject_kind = "view"
    id: int
    listing: str


@dataclass(frozen=True)
class FirstViewChosen(Event):
    """Somebody chose which view opens first, or no longer (`first` is false)."""

    subject_kind = "view"
    id: int
    listing: str
    first: bool
