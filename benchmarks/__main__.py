"""Run the benchmarks, keep what they measured and write the page."""
import sys
from pathlib import Path
from benchmarks import importing
from benchmarks.results import keep
rows=list(importing.run())
for r in rows: print(r)
keep(rows, benchmark="import")
