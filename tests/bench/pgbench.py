"""What the database itself can do: pgbench sends the statements of our own acts."""

import re
import subprocess
from pathlib import Path

import psycopg

import databases
import postgres
from bench.figures import CLIENTS
from bench.recording import record
from bench.script import SEAT, script

THREADS = 2
PLACES = 100_000
RATE = re.compile(r"tps = ([\d.]+) \(without")
# The lawn gets places whose ids are numbers, which a script can count through.
PREPARE = f"""
update headcount set approved = {PLACES};
insert into seat select new.* from seat, generate_series(1, {PLACES}) n,
  jsonb_populate_record(seat, jsonb_build_object('id', {SEAT.format("n")})) new
  where seat.id = (select min(id) from seat where section = 'lawn');
analyze;
"""


class Pgbench:
    """``scripts``: by step, what one of pgbench's transactions does. ``done``: how many were made."""

    def __init__(self, cluster: str, name: str, folder: Path) -> None:
        program = postgres.binaries()[0] / "pgbench"
        if not program.exists():
            raise RuntimeError(f"{program} is missing: apt-get install postgresql")
        self.url, self.folder = databases.postgres_url(cluster, name), folder
        self.command = [str(program), "-h", cluster, "-U", postgres.USER, "-n", "-M", "prepared"]
        self.command += ["-c", str(CLIENTS), "-j", str(THREADS), name]
        one, other = record(self.url)
        self.scripts = {
            "hold of two": script(one[:1], other[:1], CLIENTS),
            "booking of two": script(one, other, CLIENTS),
        }
        self.done = dict.fromkeys(self.scripts, 0)
        with psycopg.connect(host=cluster, user=postgres.USER, dbname=name) as connection:
            connection.execute(PREPARE.encode())

    def run(self, step: str, transactions: int) -> float:
        """Return how many a second; each client makes its share of them."""
        file = self.folder / "script.sql"
        file.write_text(self.scripts[step])
        share, before = transactions // CLIENTS, sum(self.done.values()) // CLIENTS
        words = ["-f", str(file), "-t", str(share), "-D", f"n={before}"]
        done = subprocess.run([*self.command, *words], capture_output=True, text=True, check=False)
        if done.returncode or not (found := RATE.search(done.stdout)):
            raise RuntimeError(f"pgbench: {done.stdout}{done.stderr}")
        self.done[step] += share * CLIENTS
        return float(found[1])
