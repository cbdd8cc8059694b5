"""What the doors leave to be looked at: tickets on which somebody entered twice, or though they were void."""

from collections.abc import Iterable

import sqlalchemy as sa

from ticketing.admission.offline.conflicts import conflicts
from ticketing.desk.db import Tx
from ticketing.desk.matter import Matter
from ticketing.foundation.clock import DAY, HOUR, say_time
from ticketing.foundation.words import title
from ticketing.programme.models import Performance
from ticketing.programme.queries import SHOWING


def entered_twice(tx: Tx, now: int) -> Iterable[Matter]:
    """Of the performances of a day, and those that are on."""
    lately = sa.and_(Performance.doors_at < now + HOUR, Performance.ends_at > now - DAY)
    for show in tx.execute(SHOWING.where(lately, Performance.published_at.is_not(None))).all():
        if count := len(conflicts(tx, show.id)):
            zh, en = (say_time(show.starts_at, show.zone, lang) for lang in ("zh", "en"))
            about = {
                "zh": f"{title(show.title, 'zh')}{zh}",
                "en": f"{title(show.title, 'en')}, {en}",
            }
            says = {
                "zh": f"{count} 张票进了两次，或者作废了还进了。",
                "en": f"{count} tickets entered twice, or though they were void.",
            }
            path, look = (
                f"/office/performances/{show.slug}/house",
                {"zh": "看前厅", "en": "The house"},
            )
            yield Matter("bad", about, says, path, look)
