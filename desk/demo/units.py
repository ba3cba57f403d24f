"""The invented command tree: regions, counties, sub-counties, wards, stations, posts, formations, DCI, institutions."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from desk.demo import plan
from hcims import bulk
from organisation import tree
from organisation.models import County, Unit, UnitClass, UnitClassing, UnitClosure, UnitNaming, UnitParent, Ward

FOUNDED = date(2018, 9, 13)  # the day of the one line of command
REORGANISED = date(2020, 2, 1)


@dataclass
class Draft:
    """A unit to be: its model, what kind of posts it has, how many people, and under which code it stands."""

    unit: Unit
    kind: str
    strength: int
    parent: str
    earlier_parent: str = ""


@dataclass
class Builder:
    """Collects drafts, then writes units, parent links, classes and the closure."""

    chance: random.Random
    size: plan.Size
    on: date
    drafts: dict[str, Draft] = field(default_factory=dict)

    def add(self, code: str, name: str, kind: str, strength: float, parent: str, **more: object) -> None:
        """Notes one unit; `more` holds model fields, and `type` where it differs from the kind of posts."""
        earlier = str(more.pop("earlier_parent", ""))
        fields = {"type": kind, "line": "territorial", "opened_on": FOUNDED, **more}
        self.drafts[code] = Draft(Unit(code=code, name=name, **fields), kind, round(strength), parent, earlier)

    def build(self) -> dict[str, Draft]:
        counties = list(County.objects.all())
        self.add("NPS", "National Police Service", "headquarters", 12, "", type="service", line="headquarters")
        for code, name, service in (
            ("NPS-HQ", "Service Headquarters", ""),
            ("KPS-HQ", "Kenya Police Service Headquarters", "KPS"),
            ("APS-HQ", "Administration Police Service Headquarters", "APS"),
        ):
            people = max(30, 700 * self.size.share)
            self.add(
                code, name, "headquarters", people, "NPS", line="headquarters", service=service, county=counties[46]
            )
        for region in sorted({each.region for each in counties}):
            code = region_code(region)
            self.add(code, f"{region} Region", "region", max(14, 60 * self.size.share), "NPS")
        self._territory(counties)
        self._investigations(counties)
        self._formations(counties)
        by_code = {each.code: each for each in counties}
        people = plan.spread(round(self.size.officers * 0.022), [1.0] * len(plan.INSTITUTIONS))
        for (code, (name, county)), number in zip(plan.INSTITUTIONS.items(), people, strict=True):
            place = by_code[county]
            self.add(code, name, "training", max(18, number), "NPS", line="training", county=place)
        return self.drafts

    def _territory(self, counties: list[County]) -> None:
        weights = [plan.CITY.get(each.code, 1.15 if each.code in plan.HARDSHIP else 1.0) for each in counties]
        people = plan.spread(round(self.size.officers * 0.655), weights)
        stations = plan.spread(self.size.stations - 47, weights)
        posts = plan.spread(self.size.posts, weights)
        wards = defaultdict(list)
        for ward in Ward.objects.select_related("constituency"):
            wards[ward.county_id].append(ward)
        for county, strength, more, number in zip(counties, people, stations, posts, strict=True):
            self._county(county, wards[county.pk], strength, more + 1, number)

    def _county(self, county: County, wards: list[Ward], strength: int, stations: int, posts: int) -> None:
        code = f"C-{county.code}"
        self.add(
            code, f"{county.name} County", "county", max(8, strength * 0.04), region_code(county.region), county=county
        )
        chosen = _round_robin(wards, stations)
        used = {each.constituency_id for each in (wards if self.size.has_all_wards else chosen)}
        seats = {each.constituency_id: each.constituency for each in wards if each.constituency_id in used}
        for seat in seats.values():
            people = max(4, strength * 0.09 / len(seats))
            self.add(f"SC-{seat.code}", f"{seat.name} Sub-County", "sub-county", people, code, county=county)
        for ward in wards if self.size.has_all_wards else {each.pk: each for each in chosen}.values():
            parent = f"SC-{ward.constituency.code}"
            self.add(f"W-{ward.code}", f"{ward.name} Ward", "ward", 1, parent, county=county, ward=ward)
        per_station = plan.spread(
            round(strength * (0.62 if posts else 0.85)), [self.chance.uniform(0.5, 1.8) for _ in chosen]
        )
        for index, (ward, people) in enumerate(zip(chosen, per_station, strict=True)):
            self._station(county, ward, index, people)
        self._outposts(county, chosen, posts, round(strength * 0.23))

    def _station(self, county: County, ward: Ward, index: int, people: int) -> None:
        again = f" {chr(65 + index // 1000)}" if f"PS-{ward.code}" in self.drafts else ""
        code = f"PS-{ward.code}" + (f"-{index}" if again else "")
        name = f"{ward.name} Police Station" if not again else f"{ward.name} Central Police Station"
        gazetted = plan.past(self.chance, FOUNDED, 0, 9_000)
        self.add(
            code,
            name,
            "station",
            max(6, people),
            f"W-{ward.code}",
            county=county,
            ward=ward,
            gazette_notice=f"GN {self.chance.randint(100, 16_000)}/{gazetted.year}",
            gazetted_on=gazetted,
            latitude=round(self.chance.uniform(-4.4, 4.2), 5),
            longitude=round(self.chance.uniform(34.2, 41.2), 5),
        )

    def _outposts(self, county: County, wards: list[Ward], number: int, people: int) -> None:
        stations = [code for code, each in self.drafts.items() if each.kind == "station" and each.unit.county == county]
        shares = plan.spread(people, [self.chance.uniform(0.4, 1.6) for _ in range(number)]) if number else []
        for index, strength in enumerate(shares):
            parent = stations[index % len(stations)]
            ward = self.drafts[parent].unit.ward
            kind = "patrol-base" if index % 3 == 2 else "post"
            prefix, noun = ("PB", "Patrol Base") if kind == "patrol-base" else ("PP", "Police Post")
            name = f"{ward.name if ward else county.name} {noun} {index // len(stations) + 1}"
            self.add(
                f"{prefix}-{county.code}-{index + 1}", name, kind, max(3, strength), parent, county=county, ward=ward
            )

    def _investigations(self, counties: list[County]) -> None:
        people = self.size.officers * 0.06
        dci = {"line": "dci", "service": "DCI"}
        self.add("DCI", "DCI Headquarters", "headquarters", people * 0.25, "NPS", county=counties[46], **dci)
        for region in sorted({each.region for each in counties}):
            name = f"{region} Regional Criminal Investigations Office"
            self.add(f"DCI-{region_code(region)}", name, "office", people * 0.01, "DCI", type="region", **dci)
        each_county = people * (0.2 if self.size.has_all_wards else 0.6) / 47
        for county in counties:
            name = f"{county.name} County Criminal Investigations Office"
            parent = f"DCI-{region_code(county.region)}"
            self.add(
                f"DCI-C-{county.code}", name, "office", max(4, each_county), parent, type="county", county=county, **dci
            )
        if not self.size.has_all_wards:
            return
        places = [each for each in self.drafts.values() if each.unit.type == "sub-county"]
        for draft in places:
            code, county = draft.unit.code.removeprefix("SC-"), draft.unit.county
            name = f"{draft.unit.name.removesuffix(' Sub-County')} Sub-County Criminal Investigations Office"
            parent = f"DCI-C-{county.code}" if county else "DCI"
            self.add(
                f"DCI-SC-{code}",
                name,
                "office",
                people * 0.45 / len(places),
                parent,
                type="sub-county",
                county=county,
                **dci,
            )

    def _formations(self, counties: list[County]) -> None:
        for code, (name, service, share) in plan.FORMATIONS.items():
            people = self.size.officers * share
            line = {"line": "formation", "service": service}
            # Some units changed hands in the reorganisation of 2020: last decade's page shows it.
            earlier = "KPS-HQ" if code == "CIPU" else ""
            self.add(code, name, "formation", max(9, people * 0.12), f"{service}-HQ", earlier_parent=earlier, **line)
            companies = max(2, round(people / 110))
            for index in range(companies):
                county = counties[46] if index == 0 else self.chance.choice(counties)
                strength = people * 0.88 / companies
                self.add(
                    f"{code}-{index + 1}", f"{name} {county.name} Company {index + 1}", "company", max(6, strength), code,
                    county=county, **line,
                )  # fmt: skip


def region_code(region: str) -> str:
    """The code of a region's command: "R-RIFT-VALLEY"."""
    return "R-" + region.upper().replace(" ", "-")


def _round_robin(wards: list[Ward], number: int) -> list[Ward]:
    """`number` wards, one from each constituency in turn, so that every sub-county has a station before any has two."""
    by_seat: dict[int, list[Ward]] = defaultdict(list)
    for ward in wards:
        by_seat[ward.constituency_id].append(ward)
    turns = max(map(len, by_seat.values()))
    ordered = [seat[turn] for turn in range(turns) for seat in by_seat.values() if turn < len(seat)]
    return [ordered[index % len(ordered)] for index in range(number)]


def store(drafts: dict[str, Draft], at: datetime) -> None:
    """This function will write the drafted units, their links, classes and closure, and set the drafts' units."""
    Unit.objects.bulk_create([each.unit for each in drafts.values()], batch_size=500)
    Unit.history.bulk_history_create([each.unit for each in drafts.values()], batch_size=500, default_date=at)  # type: ignore[attr-defined]
    codes = {code: draft.unit.pk for code, draft in drafts.items()}
    links = []
    for draft in drafts.values():
        if not draft.parent:
            continue
        starts = REORGANISED if draft.earlier_parent else draft.unit.opened_on
        links.append(tree.Link(draft.unit.pk, codes[draft.parent], starts, None))
        if draft.earlier_parent:
            links.append(tree.Link(draft.unit.pk, codes[draft.earlier_parent], draft.unit.opened_on, starts))
    source = "Policy framework on the reorganisation of the service, 2018"
    bulk.insert(
        UnitParent,
        ["unit_id", "parent_id", "starts_on", "ends_on", "source"],
        [(each.unit, each.parent, each.starts_on, each.ends_on, source) for each in links],
    )
    bulk.insert(
        UnitNaming,
        ["unit_id", "name", "type", "starts_on", "ends_on", "source"],
        [(each.unit.pk, each.unit.name, each.unit.type, each.unit.opened_on, None, source) for each in drafts.values()],
    )
    reach = tree.closure({each.unit.pk: (each.unit.opened_on, None) for each in drafts.values()}, links)
    bulk.insert(
        UnitClosure,
        ["ancestor_id", "descendant_id", "depth", "starts_on", "ends_on"],
        [(each.ancestor, each.descendant, each.depth, each.starts_on, each.ends_on) for each in reach],
    )
    _classes(drafts)


def _classes(drafts: dict[str, Draft]) -> None:
    classes = {each.code: each for each in UnitClass.objects.all()}
    rows = []
    for draft in drafts.values():
        code = draft.unit.county.code if draft.unit.county else ""
        if code in plan.HARDSHIP:
            kind = "hardship-extreme" if code in plan.OPERATION else "hardship-high"
            rows.append((draft, "hardship", classes[kind], "Invented list for the demonstration, after the TSC areas"))
        if code in plan.OPERATION and draft.kind in ("station", "post", "patrol-base", "company"):
            rows.append((draft, "operation", classes["operation-serious"], "Invented list for the demonstration"))
    UnitClassing.objects.bulk_create(
        [
            UnitClassing(
                unit=draft.unit, scheme=scheme, unit_class=unit_class, starts_on=date(2019, 7, 1), source=source
            )
            for draft, scheme, unit_class, source in rows
        ],
        batch_size=500,
    )
