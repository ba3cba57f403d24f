"""From the database to the problem of a round: what the record said on the day of the freeze, as plain values.

`reading` is the only part that knows the database. The others are pure, so that a stranger can follow how a record
became seats, places, floors, points and wishes: `market` (places and the tree above them), `people` (who takes part,
and with which points), `wishes` (the places an officer is taken to want, and the default list).
"""

from transfers.freezing.assembling import Assembled, assemble
from transfers.freezing.people import LeftOut, Taking

__all__ = ["Assembled", "LeftOut", "Taking", "assemble"]
