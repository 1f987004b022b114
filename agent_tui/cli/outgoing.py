"""What agents send, printed as JSON lines in a thread of its own while stdin is read."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent_tui.channels.feed import to_event
from agent_tui.cli import output

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import ChannelName
    from agent_tui.domain.values.outbox import OutMessage
    from agent_tui.services.desk import Desk


@contextmanager
def printed(desk: Desk, channel: ChannelName) -> Iterator[int]:
    """Print what agents send on a channel while the block runs, and what then waits after it.

    Gives a file descriptor that has an end to be read as soon as no more can be printed; the block
    should end then. Where the block raises, the printing ends at once. Raises what ended it.
    """
    from agent_tui.services.posting import Posting

    posting = Posting(desk, channel, _print)
    over, still_going = os.pipe()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            posting.run()
        except BaseException as error:
            failed.append(error)
        finally:
            os.close(still_going)

    thread = threading.Thread(target=work, name="out")
    thread.start()
    try:
        yield over
        posting.end()
        thread.join()
    except BaseException:
        posting.end(at_once=True)
        raise
    finally:
        thread.join()
        os.close(over)
    if failed:
        raise failed[0]


def _print(message: OutMessage) -> None:
    output.json_line(to_event(message))
