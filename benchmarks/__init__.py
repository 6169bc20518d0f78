"""The measurements of docs/benchmarks.md: `python -m benchmarks`."""
