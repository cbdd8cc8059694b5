"""Write fixtures/festival.schema.json, with which an editor checks and completes the file."""

from ticketing.foundation.resources import directory
from ticketing.world.schema import json_schema

path = directory("fixtures") / "festival.schema.json"
path.write_text(json_schema(), encoding="utf-8")
print(f"wrote {path}")
