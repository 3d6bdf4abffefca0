"""Two hundred rounds of first use by eight threads: `python tests/benchmarks/threads.py` prints the wrong ones."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "contract"))
from test_threads import ROUND, run

if __name__ == "__main__":
    print(f"wrong rounds of 200: {run(ROUND.replace('ROUNDS', '200'))}")
