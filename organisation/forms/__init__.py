"""The forms of the organisation: filters of the list of units, changes of a unit, establishment versions."""
