"""Posters over HTTP: pictures that others drew, so that nothing in them may act or fetch."""

from litestar import Response, get
from litestar.params import FromPath

from ticketing.programme.posters import poster
from ticketing.web.fast.precompressed import Packed, pack
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.static import FOREVER

MOST = 32  # pictures kept in memory, of 4 MB at most


@get("/posters/{name:str}")
async def poster_file(request: Request, name: FromPath[str]) -> Response[bytes]:
    """Its name carries its digest, so it may be kept for ever."""
    kept: dict[str, Packed] = request.app.state.setdefault("posters", {})
    if (found := kept.get(name)) is None:
        media_type, body = await request.desk.read(poster, name)
        if len(kept) >= MOST:
            kept.clear()
        found = kept[name] = pack(body, media_type)
    return found.answer(request, FOREVER)


handlers = [public_pages(poster_file)]
