"""What is listed is used: a notice that nobody sends, an event that nobody records, are promises the product does not keep."""

from hcims.audit.events import Event
from hcims.notify.kinds import Notice
from tests.rules.source import MODULES, attributes, python_files

NAMED = {name for path in python_files(of=MODULES) for name, _line in attributes(path)}


def test_every_notice_is_sent() -> None:
    silent = [each.name for each in Notice if f"Notice.{each.name}" not in NAMED]
    assert not silent, f"Send it in the action it speaks of, or take it off hcims/notify/kinds.py: {silent}"


def test_every_event_is_recorded() -> None:
    silent = [each.name for each in Event if f"Event.{each.name}" not in NAMED]
    assert not silent, f"Record it in the action it speaks of, or take it off hcims/audit/events.py: {silent}"
