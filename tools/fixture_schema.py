"""Write the schemas with which an editor checks and completes the fixture files."""

from ticketing.foundation.resources import directory
from ticketing.seating import file as plan_file
from ticketing.world import schema

for name, text in (
    ("festival.schema.json", schema.json_schema()),
    ("plan.schema.json", plan_file.json_schema()),
):
    path = directory("fixtures") / name
    path.write_text(text, encoding="utf-8")
    print(f"wrote {path}")
