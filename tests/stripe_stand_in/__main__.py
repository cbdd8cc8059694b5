"""Serve the stand-in, alone or as long as a box office runs that takes it for Stripe.

``python -m stripe_stand_in PORT http://127.0.0.1:8000 [the words of a command]``; 0: any free port.
"""

import os
import signal
import subprocess
import sys

from stripe_stand_in.hand import running
from stripe_stand_in.schema import OFF, ON, description

for told in (signal.SIGTERM, signal.SIGINT):
    signal.signal(told, lambda *_: sys.exit(0))
port, box_office, *command = sys.argv[1:]
with running(int(port)) as hand:
    hand.listens(box_office)
    print(f"Stripe's stand-in  {hand.url}\n{ON if description() else OFF}", flush=True)
    if not command:
        signal.pause()
    with subprocess.Popen(command, env=os.environ | hand.settings) as process:
        try:
            sys.exit(process.wait())
        finally:
            process.terminate()
