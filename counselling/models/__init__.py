"""Peer support and counselling. No table here points at an officer, and no other module imports this one."""

from counselling.models.offices import CounsellingOffice

__all__ = ["CounsellingOffice"]
