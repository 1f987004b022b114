"""Another process beside the desk: takes signals, and says when each was committed.

    python benchmarks/programs/feeder.py DATABASE_URL

Reads `CALL CHANGE NUMBER`, or `CALL message TEXT`, from stdin, one a line; answers each with the
nanoseconds of the monotonic clock right after the commit.
"""

from __future__ import annotations

import sys
import time
from typing import cast

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallChange, CallSignal, MessageSignal, Signal


def signal_of(call: str, what: str, rest: str) -> Signal:
    if what == "message":
        return MessageSignal("phone", call, str(new_id()), "customer", rest)
    return CallSignal("phone", call, cast(CallChange, what), sender=rest or None)


def main() -> None:
    desk = build_desk(Settings(db=sys.argv[1], agent="feeder", region="GB"))
    for line in sys.stdin:
        call, what, rest = f"{line.strip()}  ".split(" ", 2)
        desk.conversing.take(signal_of(call, what, rest.strip()))
        print(time.monotonic_ns(), flush=True)
    desk.close()


if __name__ == "__main__":
    main()
