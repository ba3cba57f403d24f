"""Every write to a record of the service."""

from personnel.actions.balance import make_balance_report
from personnel.actions.conduct import close_discipline, open_discipline, record_commendation
from personnel.actions.corrections import ask_correction, decide_correction, withdraw_correction
from personnel.actions.family import end_family_fact, record_family_fact
from personnel.actions.learning import (
    keep_course_passed,
    record_course,
    record_qualification,
    refuse_learning,
    take_back_course_passed,
    verify_learning,
)
from personnel.actions.members import (
    change_officer,
    enter_officer,
    keep_record_at,
    link_account,
    record_exit,
    say_background,
    set_photo,
    take_back_exit,
    void_officer,
)
from personnel.actions.mending import mend_entry, void_conduct
from personnel.actions.ranks import mend_rank, rebuild_ranks, record_rank, void_rank
from personnel.actions.reading import note_opening, note_own_record_taken
from personnel.actions.skills import (
    keep_skill_given,
    record_skill,
    refuse_skill,
    submit_skill,
    take_back_skill_given,
    verify_skill,
)

__all__ = [
    "ask_correction",
    "change_officer",
    "close_discipline",
    "decide_correction",
    "end_family_fact",
    "enter_officer",
    "keep_course_passed",
    "keep_record_at",
    "keep_skill_given",
    "link_account",
    "make_balance_report",
    "mend_entry",
    "mend_rank",
    "note_opening",
    "note_own_record_taken",
    "open_discipline",
    "rebuild_ranks",
    "record_commendation",
    "record_course",
    "record_exit",
    "record_family_fact",
    "record_qualification",
    "record_rank",
    "record_skill",
    "refuse_learning",
    "refuse_skill",
    "say_background",
    "set_photo",
    "submit_skill",
    "take_back_course_passed",
    "take_back_exit",
    "take_back_skill_given",
    "verify_learning",
    "verify_skill",
    "void_conduct",
    "void_officer",
    "void_rank",
    "withdraw_correction",
]
