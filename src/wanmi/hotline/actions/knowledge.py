"""What agents look up: written in versions, withdrawn, never overwritten."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line, clean_text

from .. import events
from ..models import Article, ArticleVersion


class ArticleChanged(Conflict):
    """Somebody else has changed this article; look at their version first."""

    code = "article_changed"


@dataclass(frozen=True)
class Draft:
    """What an article is to say; Chinese is needed, English may be left out."""

    title_zh: str
    words_zh: str
    title_en: str = ""
    words_en: str = ""
    keywords: str = ""
    is_withdrawn: bool = False

    def clean(self) -> dict[str, str | bool]:
        """Return the fields as they are kept. Raises Invalid, UnusableText, TextTooLong."""
        given: dict[str, str | bool] = {
            "title_zh": clean_line(self.title_zh, max_length=120),
            "title_en": clean_line(self.title_en, max_length=120),
            "words_zh": clean_text(self.words_zh, max_length=2000),
            "words_en": clean_text(self.words_en, max_length=2000),
            "keywords": clean_line(self.keywords, max_length=200),
            "is_withdrawn": self.is_withdrawn,
        }
        if not given["title_zh"] or not given["words_zh"]:
            raise Invalid("An article needs a Chinese title and Chinese words.")
        return given


@journal.deed()
def write_article(
    draft: Draft,
    *,
    article: Article | None = None,
    version: int = 0,
    by: User | None,
    at: datetime | None = None,
) -> Article:
    """Write a new article, or the next version of one; `version` is the one that was read.

    Raises ArticleChanged when somebody else was faster.
    """
    at, given = at or datetime.now(UTC), draft.clean()
    if article is None:
        row = Article(changed_at=at, **given)
    else:
        row = Article.objects.select_for_update().get(pk=article.pk)
        if row.version != version:
            raise ArticleChanged
        for name, value in given.items():
            setattr(row, name, value)
        row.version, row.changed_at = row.version + 1, at
    row.save()
    ArticleVersion.objects.create(article=row, number=row.version, by=by, at=at, **given)
    event = events.ArticleWritten(row.pk, row.version, _digest(row), row.is_withdrawn)
    journal.publish(event, by=by, at=at)
    return row


def _digest(row: Article) -> str:
    text = "\n".join([row.title_zh, row.words_zh, row.title_en, row.words_en, row.keywords])
    return hashlib.sha256(text.encode()).hexdigest()
