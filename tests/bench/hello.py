"""A route that only says hello, served as `ticketing serve` serves: what any answer costs here."""

import sys

import uvicorn
from litestar import Litestar, MediaType, get


@get(["/", "/health/ready"], media_type=MediaType.TEXT)
async def hello() -> str:
    return "hello"


if __name__ == "__main__":
    uvicorn.run(
        Litestar([hello], openapi_config=None, logging_config=None), port=int(sys.argv[1]),
        log_level="warning", access_log=False, server_header=False, lifespan="on",
        timeout_graceful_shutdown=3,
    )  # fmt: skip
