"""What the invented institutions teach. Plain data; no database. Units and hours are the demonstration's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

PART_MINUTES = 120
MUAMKO_PARTS = [
    ("stress-and-trauma", "Stress and trauma awareness"), ("identity", "Identity"), ("relationships", "Relationships"),
    ("security", "Security"), ("resilience", "Resilience"), ("healing", "Healing"), ("transformation", "Transformation"),
]  # fmt: skip
PARTS = {
    "muamko-leaders": [
        ("awareness", "What stress does to a team", "Athari za msongo kwa kikosi"),
        ("leading", "Leading after an incident", "Uongozi baada ya tukio"),
        ("space", "Room for peer-to-peer support", "Nafasi ya msaada wa rika"),
    ],
    "muamko-peers": [
        ("listening", "Listening", "Kusikiliza"),
        ("boundaries", "What stays between two people", "Yanayobaki kati ya wawili"),
        ("showing-the-way", "Showing the way to help", "Kuelekeza kwenye msaada"),
        ("own-care", "Looking after oneself", "Kujitunza"),
    ],
}


@dataclass(frozen=True)
class PlannedCourse:
    """A course as taught: days, units with hours, how many parts of Muamko Mpya it carries, what passing gives."""

    course: str
    days: int
    units: tuple[tuple[str, int], ...]
    parts: int = 7
    gives: str = ""  # a skill's code, or the rank whose board it opens
    pass_mark: int | None = 50
    assessment: str = "Papers and practical work"


LAW = ("Law and procedure", 40)
DRILL = ("Drill and physical training", 60)
COURSES = [
    PlannedCourse("recruits", 270, (("Law and procedure", 220), ("Drill", 300), ("The community", 120), ("Weapons", 140))),
    PlannedCourse("corporals", 84, (LAW, ("Leading a section", 60), DRILL), gives="CPL"),
    PlannedCourse("sergeants", 84, (LAW, ("Running a shift", 60), DRILL), gives="SGT"),
    PlannedCourse("soip", 168, (LAW, ("Command of a station", 120), ("Investigation in charge", 80)), 6, "IP"),
    PlannedCourse("middle-management", 56, (("Planning and resources", 60), ("People and discipline", 40)), 5),
    PlannedCourse("htc", 182, (("Command and strategy", 200), ("Law", 80), ("Budget and audit", 60)), 4, "ASP", 60),
    PlannedCourse("stc", 182, (("Command and strategy", 200), ("Governance", 90)), 4, "SP", 60),
    PlannedCourse("investigation", 84, (("Investigation", 160), ("Evidence and the file", 80)), 5, "investigation"),
    PlannedCourse("crime-scene", 42, (("The scene", 80), ("Samples and custody", 60)), 3, "forensics"),
    PlannedCourse("cybercrime", 28, (("Devices", 60), ("Open sources", 40)), 3, "cybercrime", 60),
    PlannedCourse("prosecution", 28, (("Preparing the file", 60), ("In court", 40)), 2, "prosecution"),
    PlannedCourse("gender-desk", 14, (("Hearing a child", 30), ("Referral and shelter", 20)), 7, "gender-desk"),
    PlannedCourse("driving-b", 28, (("Traffic law", 20), ("On the road", 100)), 2, "driving-b"),
    PlannedCourse("armourers", 42, (("Weapons and stores", 120), ("Movement register", 40)), 1, "armourer", 70),
    PlannedCourse("signals", 28, (("Radio procedure", 60), ("Equipment", 60)), 1, "signals"),
    PlannedCourse("traffic", 28, (("Traffic law", 60), ("At the road", 60)), 3, "traffic"),
    PlannedCourse("public-order", 28, (("Law on the use of force", 40), ("Formations", 90)), 5, "public-order"),
    PlannedCourse("first-aid", 5, (("First aid", 30),), 1, "first-aid", 60),
    PlannedCourse("instructors", 28, (("How adults learn", 60), ("Lessons given and discussed", 60)), 7, "instructor", 60),
    PlannedCourse("driving-refresher", 5, (("On the road", 25),), 1, "driving-b"),
    PlannedCourse("first-aid-refresher", 2, (("First aid", 12),), 1, "first-aid", 60),
    PlannedCourse("general-refresher", 14, (("What is new in law", 30), DRILL), 4),
    PlannedCourse("muamko-leaders", 5, (("Workshop", 35),), 0, pass_mark=None, assessment="Attendance"),
    PlannedCourse("muamko-peers", 84, (("Weekly group", 24),), 0, pass_mark=None, assessment="Attendance"),
]  # fmt: skip
COMMON = ["first-aid", "first-aid-refresher", "general-refresher"]
OFFERS = {
    "NPC-KIG": ["recruits", "corporals", "sergeants", "soip", "htc", "traffic", "driving-b", "driving-refresher",
                "armourers", "instructors", "muamko-leaders"],
    "NPC-EMB-A": ["recruits", "corporals", "sergeants", "public-order", "driving-b", "signals", "muamko-peers"],
    "NPC-EMB-B": ["corporals", "public-order", "signals", "driving-refresher"],
    "DCI-ACAD": ["investigation", "crime-scene", "cybercrime", "prosecution", "gender-desk"],
    "NPLA": ["middle-management", "soip", "muamko-leaders"],
    "EMALI": ["stc", "htc", "middle-management"],
}  # fmt: skip
CAPACITY = {
    "NPC-KIG": 1_800,
    "NPC-EMB-A": 900,
    "NPC-EMB-B": 500,
    "DCI-ACAD": 300,
    "NPLA": 240,
    "EMALI": 200,
}
ROOMS = [("Lecture theatre", 180), ("Classroom 1", 40), ("Classroom 2", 40), ("Small groups' room", 14)]


def longer(planned: PlannedCourse) -> PlannedCourse:
    """The course with a week of accident scenes, as its next version has it."""
    return replace(planned, units=(*planned.units, ("Accident scenes", 40)), parts=planned.parts + 2)


def offers_of(code: str) -> list[str]:
    """The courses that the institution of that code gives."""
    return [*OFFERS.get(code, ["general-refresher"]), *(COMMON if code in OFFERS else [])]


def capacity_of(code: str) -> int:
    """How many trainees at one time."""
    return CAPACITY.get(code, 80)


def kind_of(name: str) -> str:
    """What sort of institution a name speaks of."""
    words = {"campus": "campus", "college": "college", "academy": "academy"}
    return next((kind for word, kind in words.items() if word in name.lower()), "school")


def calendar(year: int) -> list[tuple[str, str, date, date]]:
    """Terms, breaks, examinations and the day of passing out, of a year and the next."""
    return [
        (kind, title, date(each, *first), date(each, *last))
        for each in (year, year + 1)
        for kind, title, first, last in (
            ("term", "Term 1", (1, 12), (4, 10)), ("examination", "Examinations of term 1", (3, 30), (4, 10)),
            ("break", "Break", (4, 11), (5, 3)), ("term", "Term 2", (5, 4), (8, 7)),
            ("pass-out", "Passing-out parade", (8, 7), (8, 7)), ("break", "Break", (8, 8), (8, 30)),
            ("term", "Term 3", (8, 31), (12, 11)), ("examination", "Examinations of term 3", (11, 30), (12, 11)),
            ("pass-out", "Passing-out parade", (12, 11), (12, 11)),
        )
    ]  # fmt: skip
