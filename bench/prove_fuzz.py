"""10,000 files changed at random, of every format: no crash, no row lost, bounded time and memory.

Rows and cells are doubled, taken out and filled with oddities; bytes are flipped, cut, inserted;
encodings are mixed. Each file is read or refused with a sentence. For each that is read, the rows
on disk are counted against those the file has, and of text tables every letter and digit must be
in exactly one row, whole or set aside. Every tenth file is looked at as a clerk would.
"""

import json
import os
import resource

from chengxin.intake.tests.mutations import Ledger, files

FILES = int(os.environ.get("CHENGXIN_FUZZ_FILES", "10000"))
SEED = 20261123
MOST_MEMORY_MB = 1_500


def main() -> None:
    """Run the proof and print its ledger."""
    ledger = Ledger()
    for number, data in files(SEED, FILES):
        ledger.put(number, data, fully=number % 10 == 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "files": FILES,
                "outcomes": dict(ledger.outcomes.most_common()),
                "rows_staged": ledger.staged,
                "rows_aside": dict(ledger.aside),
                "slowest_cpu_s": round(ledger.slowest[0], 2),
                "slowest_file": ledger.slowest[1],
                "peak_mb": peak,
                "wrong": len(ledger.wrong),
            },
            ensure_ascii=False,
            indent=1,
        )
    )
    for wrong in ledger.wrong[:20]:
        print(wrong)
    if ledger.wrong or peak > MOST_MEMORY_MB:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
