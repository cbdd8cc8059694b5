"""`python -m ticketing`."""

from ticketing.cli.main import main

raise SystemExit(main())
