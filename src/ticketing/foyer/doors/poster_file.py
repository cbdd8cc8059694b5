"""Posters over HTTP: pictures that others drew, so that nothing in them may act or fetch."""

from litestar import Response, get
from litestar.params import FromPath

from ticketing.foundation.guards import public
from ticketing.foundation.packed import Packed, pack
from ticketing.foundation.static import FOREVER
from ticketing.foundation.web import AnyRequest
from ticketing.programme.posters import poster

MOST = 32  # pictures kept in memory, of 4 MB at most


@get("/posters/{name:str}", opt=public, include_in_schema=False)
async def poster_file(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """Its name carries its digest, so it may be kept for ever."""
    kept: dict[str, Packed] = request.app.state.setdefault("posters", {})
    if (found := kept.get(name)) is None:
        media_type, body = await request.app.state.desk.read(poster, name)
        if len(kept) >= MOST:
            kept.clear()
        found = kept[name] = pack(body, media_type)
    return found.answer(request, FOREVER)
