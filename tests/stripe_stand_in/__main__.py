"""Serve the stand-in beside a demo: ``python -m stripe_stand_in PORT http://127.0.0.1:8000``."""

import sys

import uvicorn

from stripe_stand_in.app import create_app
from stripe_stand_in.hand import KEY, SECRET
from stripe_stand_in.schema import OFF, description

port, box_office = int(sys.argv[1]), sys.argv[2]
if description() is None:
    print(OFF)
app = create_app(f"http://127.0.0.1:{port}", KEY, f"{box_office}/payments/stripe/events", SECRET)
uvicorn.run(app, port=port, log_level="warning")
