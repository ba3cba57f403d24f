"""Every write of this module, one file an idea."""

from accounts.actions.by_virtue import end_appointments_by_virtue

__all__ = ["end_appointments_by_virtue"]
