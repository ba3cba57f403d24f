"""Who may act, where, from when to when."""

from accounts.models.appointments import Appointment, AppointmentState
from accounts.models.users import User, UserKind

__all__ = ["Appointment", "AppointmentState", "User", "UserKind"]
