"""What must hold in every journal, whatever the scenario. Each function asserts one kind of thing."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from small_maps import Floats, Table

from sim.journal import Journal
from sim.model.clock import WorkingClock, working_clock
from sim.scenario import Scenario
from sim.scenario.pathway import Meeting
from sim.scenario.time import WEEKDAYS

MOMENT = 1e-7
"""Days (some milliseconds): two times as near as this are the same."""


def check_all(journal: Journal, scenario: Scenario) -> None:
    """Assert everything in this module."""
    times_are_in_order(journal, scenario)
    cases_are_all_accounted_for(journal, scenario)
    caseworkers_do_one_thing_at_a_time(journal)
    staff_are_employed_once_and_away_within(journal, scenario)
    agencies_fill_vacancies(journal)
    nobody_begins_anything_while_away(journal)
    if scenario.caseworking.interrupted == "hand_over":
        nothing_goes_on_while_away(journal, scenario)
    cases_have_one_caseworker_per_team(journal, scenario)
    nobody_works_off_duty(journal, scenario)
    work_takes_the_hours_it_takes(journal, scenario)
    nobody_is_idle_while_work_waits(journal, scenario)
    desks_keep_the_order(journal, scenario)
    panels_keep_to_their_days_and_seats(journal, scenario)
    panels_keep_the_order(journal, scenario)
    places_are_never_exceeded(journal, scenario)
    nobody_has_two_services_of_one_side(journal, scenario)
    waiting_does_what_it_may(journal, scenario)


def _close(first: Floats, second: Floats) -> npt.NDArray[np.bool_]:
    result: npt.NDArray[np.bool_] = ~(first > second + MOMENT)
    return result


def times_are_in_order(journal: Journal, scenario: Scenario) -> None:
    """Requested, started, finished; decided, started, ended; nothing before day 0 or after the horizon."""
    a, s, e, c = journal.activities, journal.spells, journal.events, journal.cases
    assert _close(a["requested"], a["started"]).all(), "work is begun before it is asked for"
    assert _close(a["started"], a["finished"]).all(), "work ends before it begins"
    assert _close(a["requested"], a["withdrawn"]).all()
    assert _close(s["decided"], s["start"]).all(), "a service starts before it is decided"
    assert _close(s["asked"], s["decided"]).all(), "a service is decided before it is asked for"
    assert _close(s["start"], s["end"]).all(), "a service ends before it starts"
    assert (np.isnan(s["start"]) | np.isnan(s["withdrawn"])).all(), "a service is given up after it has started"
    assert (np.isnan(s["end"]) | ~np.isnan(s["start"])).all(), "a service ends that never started"
    kinds = np.array(journal.names["events.kind"] or ("none",))[e["kind"]]
    from_birthday = [name for name, clock in scenario.clocks.items() if clock.since == "birthday"]
    usual = ~np.isin(kinds, from_birthday)
    assert _close(e["since"][usual], e["time"][usual]).all(), "something happens before it is waited for"
    assert _close(c["entered"], c["left"]).all()
    assert _close(c["born"], c["entered"]).all()
    for table in (a, s, e, c):
        for column, values in table.items():
            if column in ("requested", "started", "finished", "withdrawn", "decided", "end", "time", "entered", "left"):
                known = values[~np.isnan(values)]
                assert (known <= journal.horizon).all(), f"{column} after the horizon"
                assert (known >= 0).all() or column == "decided", f"{column} before day 0"
    moments = (e["since"] == e["time"]) & usual
    assert (np.diff(e["time"][moments]) >= 0).all(), "events are written down in the order in which they happen"


def cases_are_all_accounted_for(journal: Journal, scenario: Scenario) -> None:
    """Cases in = left + still there; who has left has nothing open, who has not has something."""
    cases = journal.cases
    numbers = cases["case"]
    assert len(np.unique(numbers)) == len(numbers), "two persons have the same number"
    gone = set(numbers[~np.isnan(cases["left"])].tolist())
    still = set(numbers[np.isnan(cases["left"])].tolist())
    assert len(gone) + len(still) == len(numbers)
    a, s, e = journal.activities, journal.spells, journal.events
    for table in (a, s, e):
        assert set(table["case"].tolist()) <= gone | still
    # Work that a caseworker has begun is finished, even if the case has left meanwhile.
    open_work = np.isnan(a["finished"]) & np.isnan(a["withdrawn"]) & np.isnan(a["started"])
    open_delay = np.isnan(a["finished"]) & np.isnan(a["withdrawn"]) & (a["resource"] < 0)
    meanwhile = np.isin(
        np.array(journal.names["spells.kind"] or ("none",))[s["kind"]] if len(s["kind"]) else [],
        ["bridging", "self_pay"],
    )
    open_spell = np.isnan(s["end"]) & np.isnan(s["withdrawn"]) & ~meanwhile
    waiting = set(a["case"][open_work | open_delay].tolist()) | set(s["case"][open_spell].tolist())
    assert not gone & waiting, "somebody has left who still waits for something"
    busy = waiting | set(a["case"][np.isnan(a["finished"]) & np.isnan(a["withdrawn"])].tolist())
    if not _meetings(journal, scenario):  # the notice that is given of a meeting is not in the journal
        assert still <= busy, "somebody is still there who is nowhere"


def caseworkers_do_one_thing_at_a_time(journal: Journal) -> None:
    """The work of one caseworker never overlaps, meetings included."""
    a = journal.activities
    begun = (a["worker"] >= 0) & ~np.isnan(a["started"])
    resource, worker, started = a["resource"][begun], a["worker"][begun], a["started"][begun]
    finished = np.nan_to_num(a["finished"][begun], nan=math.inf)
    order = np.lexsort((finished, started, worker, resource))
    same = (np.diff(resource[order]) == 0) & (np.diff(worker[order]) == 0)
    overlap = finished[order][:-1] > started[order][1:] + MOMENT
    assert not (same & overlap).any(), "a caseworker does two things at once"
    staff = set(zip(journal.staff["resource"].tolist(), journal.staff["worker"].tolist(), strict=True))
    assert set(zip(resource.tolist(), worker.tolist(), strict=True)) <= staff, "work by somebody who is not employed"


def _stretches(journal: Journal, kind: str) -> dict[tuple[int, int], list[tuple[float, float]]]:
    """Return the stretches of a kind for each (resource, worker)."""
    s = journal.staff
    kinds = journal.names["staff.kind"]
    code = kinds.index(kind) if kind in kinds else -2
    found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for resource, worker, start, end, is_kind in zip(
        s["resource"].tolist(), s["worker"].tolist(), s["start"], s["end"], s["kind"] == code, strict=True
    ):
        if is_kind:
            found[resource, worker].append((float(start), math.inf if end != end else float(end)))
    return found


def _there(journal: Journal) -> dict[tuple[int, int], list[tuple[float, float]]]:
    """Return when each (resource, worker) was in the team: employed, or from an agency."""
    employed, temporary = _stretches(journal, "employed"), _stretches(journal, "agency")
    assert not employed.keys() & temporary.keys(), "somebody is both employed and from an agency"
    return employed | temporary


def agencies_fill_vacancies(journal: Journal) -> None:
    """A vacant position has nobody's number, and agencies send people into vacancies only."""
    vacant, employed, temporary = (_stretches(journal, kind) for kind in ("vacant", "employed", "agency"))
    assert all(worker == -1 for _, worker in vacant)
    assert all(worker >= 0 for _, worker in (*employed, *temporary))
    for (resource, _), [(start, end)] in temporary.items():
        assert any(
            since - MOMENT <= start <= end <= until + MOMENT for since, until in vacant.get((resource, -1), ())
        ), "somebody from an agency where nothing is vacant"


def staff_are_employed_once_and_away_within(journal: Journal, scenario: Scenario) -> None:
    """Every number is one person; absences and training lie within the employment and do not overlap themselves."""
    s = journal.staff
    assert ((s["fte"] > 0) & (s["fte"] <= 1)).all()
    assert not (s["end"] > journal.horizon).any()
    employed = _there(journal)
    assert all(len(stretches) == 1 for stretches in employed.values()), "two persons have the same number"
    for kind in ("absent", "onboarding"):
        for person, stretches in _stretches(journal, kind).items():
            ((first, last),) = employed[person]
            assert all(first - MOMENT <= start <= end <= last + MOMENT for start, end in stretches), (
                f"{kind} when not there"
            )
            stretches.sort()
            assert all(end <= start + MOMENT for (_, end), (start, _) in pairwise(stretches)), f"{kind} twice"
    for name, team in scenario.teams.items():
        code = journal.names["resource"].index(name)
        mine = [stretch for (resource, _), [stretch] in employed.items() if resource == code]
        most = scenario.municipality.scale * (
            team.caseworkers + sum(max(0, c.caseworkers) for c in team.changes.values())
        )
        hours = 1.0 if team.part_time is None else team.part_time.hours * 0.5
        times = sorted({start for start, _ in mine})
        assert all(sum(a <= time < b for a, b in mine) <= math.ceil(most / hours) + 1 for time in times)


def nobody_begins_anything_while_away(journal: Journal) -> None:
    """Who is absent, not there yet or gone begins nothing; if tasks are handed over, nothing goes on either."""
    a = journal.activities
    begun = (a["worker"] >= 0) & ~np.isnan(a["started"])
    employed, absent = _there(journal), _stretches(journal, "absent")
    for resource, worker, started in zip(
        a["resource"][begun].tolist(), a["worker"][begun].tolist(), a["started"][begun], strict=True
    ):
        ((first, last),) = employed[resource, worker]
        assert first - MOMENT <= started <= last + MOMENT, "work is begun by somebody who is not there"
        for start, end in absent.get((resource, worker), ()):
            assert not start + MOMENT < started < end - MOMENT, "work is begun by somebody who is ill"


def nothing_goes_on_while_away(journal: Journal, scenario: Scenario) -> None:
    """Where tasks are handed over, nobody works on anything but a meeting while absent or after leaving."""
    a = journal.activities
    begun = (a["worker"] >= 0) & ~np.isnan(a["started"]) & ~np.isin(a["step"], _meetings(journal, scenario))
    employed, absent = _there(journal), _stretches(journal, "absent")
    finished = np.nan_to_num(a["finished"], nan=journal.horizon)
    for index in np.flatnonzero(begun):
        person = int(a["resource"][index]), int(a["worker"][index])
        ((_, last),) = employed[person]
        assert finished[index] <= last + MOMENT, "somebody who has left works on"
        for start, _ in absent.get(person, ()):
            assert not a["started"][index] + MOMENT < start < finished[index] - MOMENT, "somebody who is ill works on"


def cases_have_one_caseworker_per_team(journal: Journal, scenario: Scenario) -> None:
    """A case is with a team once at a time: being assigned and waiting for a caseworker there take turns."""
    e = journal.events
    kinds, outcomes = journal.names["events.kind"], journal.names["events.outcome"]
    assigned: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    for case, kind, since, time, outcome in zip(e["case"], e["kind"], e["since"], e["time"], e["outcome"], strict=True):
        if kinds[kind] == "assigned":
            assigned[int(case), outcomes[outcome]].append((float(since), math.inf if time != time else float(time)))
    for (case, team), stretches in assigned.items():
        assert scenario.teams[team].allocation == "named"
        stretches.sort()
        for (_, end), (start, _) in pairwise(stretches):
            assert end <= start + MOMENT, f"case {case} has two caseworkers in {team}"
    gone = dict(zip(journal.cases["case"].tolist(), np.nan_to_num(journal.cases["left"], nan=math.inf), strict=True))
    for (case, team), stretches in assigned.items():
        assert all(end <= gone[case] + MOMENT or end == math.inf == gone[case] for _, end in stretches), (case, team)


def _teams(journal: Journal, scenario: Scenario) -> Iterator[tuple[str, Table, WorkingClock]]:
    for name, team in scenario.teams.items():
        code = journal.names["resource"].index(name)
        mine = journal.activities["resource"] == code
        clock = working_clock(scenario.calendars[team.calendar], scenario.horizon.start, scenario.horizon.days)
        yield name, {column: values[mine] for column, values in journal.activities.items()}, clock


def nobody_works_off_duty(journal: Journal, scenario: Scenario) -> None:
    """Work starts and finishes within the working hours of the team's calendar."""
    for name, work, _ in _teams(journal, scenario):
        calendar = scenario.calendars[scenario.teams[name].calendar]
        if calendar.continuous:
            continue
        opens, closes = calendar.opens / 24, (calendar.opens + calendar.hours) / 24
        for column in ("started", "finished"):
            known = ~np.isnan(work[column])
            if column == "finished" and scenario.caseworking.interrupted == "hand_over":
                continue  # work that is handed over ends when its caseworker falls ill, be it at night
            if column == "finished":
                known &= ~np.isin(work["step"], _meetings(journal, scenario))
            times = work[column][known]
            fraction = times - np.floor(times)
            assert (fraction >= opens - MOMENT).all(), f"{name}: work {column} before the office opens"
            assert (fraction <= closes + MOMENT).all(), f"{name}: work {column} after the office has closed"
            if column == "started":
                assert (fraction < closes - MOMENT).all(), f"{name}: work is begun when the office closes"
            for day in np.unique(np.floor(times)):
                date = scenario.horizon.start + dt.timedelta(days=int(day))
                assert WEEKDAYS[date.weekday()] in calendar.weekdays, f"{name}: work on {date}"


def _meetings(journal: Journal, scenario: Scenario) -> list[int]:
    """Return the codes of the steps that are meetings: they end for all when the last one's hours are over."""
    return [
        journal.names["step"].index(f"{name}.{step}")
        for name, track in scenario.tracks.items()
        for step, config in track.steps.items()
        if isinstance(config, Meeting)
    ]


def work_takes_the_hours_it_takes(journal: Journal, scenario: Scenario) -> None:
    """From start to finish there are exactly as many working hours as the journal says."""
    for name, work, clock in _teams(journal, scenario):
        over = ~np.isnan(work["finished"])
        worked = clock.worked_array(work["finished"][over]) - clock.worked_array(work["started"][over])
        np.testing.assert_allclose(worked, work["hours"][over], atol=1e-5, err_msg=name)


def nobody_is_idle_while_work_waits(journal: Journal, scenario: Scenario) -> None:
    """In a pooled team, nobody is free in working hours while a task waits."""
    for name, work, clock in _teams(journal, scenario):
        team = scenario.teams[name]
        if team.allocation != "pooled":
            continue
        last = clock.worked(journal.horizon)
        requested = clock.worked_array(work["requested"])
        begun = np.where(np.isnan(work["started"]), work["withdrawn"], work["started"])
        given_up = np.isnan(work["started"]) & ~np.isnan(work["withdrawn"])
        until = np.where(np.isnan(begun), last, clock.worked_array(np.nan_to_num(begun)))
        finished = np.where(np.isnan(work["finished"]), last, clock.worked_array(np.nan_to_num(work["finished"])))
        occupied = ~np.isnan(work["started"]) & ~given_up
        times = np.concatenate((requested, until, until[occupied], finished[occupied]))
        waits = np.concatenate((np.ones(len(requested)), -np.ones(len(until)), np.zeros(2 * occupied.sum())))
        busies = np.concatenate((np.zeros(2 * len(until)), np.ones(occupied.sum()), -np.ones(occupied.sum())))
        order = np.argsort(times, kind="stable")
        waiting, busy = np.cumsum(waits[order]), np.cumsum(busies[order])
        lasting = np.diff(times[order]) > 24 * MOMENT * 10
        if len(set(journal.staff["start"].tolist()) | set(journal.staff["end"].tolist())) > 2:
            continue  # people come and go
        workers = int((journal.staff["resource"] == journal.names["resource"].index(name)).sum())
        idle = (waiting[:-1] > 0) & (busy[:-1] < workers) & lasting
        assert not idle.any(), f"{name}: somebody is idle while work waits, at hour {times[order][:-1][idle][:1]}"
        assert (busy[:-1][lasting] <= workers).all()


def desks_keep_the_order(journal: Journal, scenario: Scenario) -> None:
    """In a pooled team: priority, then due date (where the team goes by it), then first come, first served."""
    for name, work, _ in _teams(journal, scenario):
        team = scenario.teams[name]
        if team.allocation != "pooled":
            continue
        due = np.nan_to_num(work["due"], nan=math.inf)
        called = np.isin(work["step"], _meetings(journal, scenario))
        # Whoever is called to a meeting instead of a colleague who fell ill comes in the colleague's turn.
        turn = np.where(called & (scenario.caseworking.interrupted == "hand_over"), -1.0, work["requested"])
        keys = list(
            zip(
                np.where(called, -1, work["priority"]).tolist(),
                due.tolist() if team.order == "due_date" else [0.0] * len(due),
                turn.tolist(),
                strict=True,
            )
        )
        started = np.nan_to_num(work["started"], nan=math.inf)
        gone = np.nan_to_num(work["withdrawn"], nan=math.inf)
        queued = np.flatnonzero(np.minimum(started, gone) > work["requested"] + MOMENT)
        for index in queued:
            # Who began while this one waited must have had the better claim.
            began = np.flatnonzero(
                (started > work["requested"][index] + MOMENT) & (started < min(started[index], gone[index]) - MOMENT)
            )
            assert all(keys[other] <= keys[index] for other in began), f"{name}: somebody jumped the queue"


def panels_keep_to_their_days_and_seats(journal: Journal, scenario: Scenario) -> None:
    """Never more cases at a meeting than there are seats; meetings only at the hour of the panel."""
    a = journal.activities
    for name, panel in scenario.panels.items():
        met = a["started"][(a["resource"] == journal.names["resource"].index(name)) & ~np.isnan(a["started"])]
        meetings, numbers = np.unique(met, return_counts=True)
        seats = math.inf if panel.seats is None else math.ceil(panel.seats * scenario.municipality.scale - 1e-9)
        assert (numbers <= seats).all(), f"{name}: more cases than seats"
        np.testing.assert_allclose(meetings - np.floor(meetings), panel.hour / 24, atol=MOMENT)
        office = scenario.calendars["office"]
        for day in np.floor(meetings):
            weekday = WEEKDAYS[(scenario.horizon.start + dt.timedelta(days=int(day))).weekday()]
            assert office.continuous or weekday in office.weekdays, f"{name}: a meeting on a {weekday}"


def panels_keep_the_order(journal: Journal, scenario: Scenario) -> None:
    """At a panel: priority, then first come, first served."""
    a = journal.activities
    for name in scenario.panels:
        mine = a["resource"] == journal.names["resource"].index(name)
        met = np.nan_to_num(a["started"][mine], nan=math.inf)
        until = np.minimum(met, np.nan_to_num(a["withdrawn"][mine], nan=math.inf))
        requested, priority = a["requested"][mine], a["priority"][mine]
        ready = requested + scenario.panels[name].preparation_days
        for index in range(len(met)):
            before = (met > ready[index] + MOMENT) & (met < until[index] - MOMENT)
            claim = list(zip(priority[before].tolist(), requested[before].tolist(), strict=True))
            assert all(other <= (priority[index], requested[index]) for other in claim), f"{name}: out of turn"


def places_are_never_exceeded(journal: Journal, scenario: Scenario) -> None:
    """Whoever starts finds a place of that day: more persons than places are there only from before.

    A place that takes time to get ready, or was held for somebody, may be one of an earlier day, when there were more.
    """
    s = journal.spells
    kinds = np.array(journal.names["spells.kind"] or ("none",))
    self_pay = np.isin(kinds[s["kind"]], ["self_pay", "reimbursed"]) if len(s["kind"]) else np.zeros(0, dtype=bool)
    for name, service in scenario.services.items():
        for supplier, settings in service.suppliers.items():
            if settings.places is None:
                continue
            table = [
                ((date - scenario.horizon.start).days, math.ceil(places * scenario.municipality.scale - 1e-9))
                for date, places in settings.timetable()
            ]
            at_once = settings.lead_days == 0 and service.reserve_days == 0
            mine = (
                (s["service"] == journal.names["service"].index(name))
                & (s["supplier"] == _code(journal.names["supplier"], supplier))
                & ~np.isnan(s["start"])
                & ~self_pay
            )
            start, end = s["start"][mine], np.nan_to_num(s["end"][mine], nan=math.inf)
            there_on_day_0 = int(((start <= 0) & (end > 0)).sum())
            changes = sorted([(time, +1) for time in start] + [(time, -1) for time in end])
            now = np.cumsum([change for _, change in changes])
            places = _most_places(table, np.array([time for time, _ in changes]))
            assert (now <= np.maximum(places, there_on_day_0)).all(), (
                f"{name}: more persons than places with {supplier}"
            )
            ordinary = start[kinds[s["kind"]][mine] == "ordinary"] if mine.any() else start
            for time in ordinary if at_once else ():
                here = int(((start <= time) & (end > time)).sum())
                of_the_day = [places for day, places in table if day <= time][-1]
                assert here <= of_the_day, f"{name}: somebody starts with {supplier} without a place"


def _most_places(table: list[tuple[int, int]], times: Floats) -> Floats:
    """Return the most places that there have been until each time, from day 0 on."""
    now = max(position for position, (day, _) in enumerate(table) if day <= 0)
    later = table[now:]
    most = np.maximum.accumulate([places for _, places in later])
    positions = np.searchsorted([day for day, _ in later], times, side="right") - 1
    result: Floats = most[np.maximum(positions, 0)]
    return result


def _code(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else -2


def nobody_has_two_services_of_one_side(journal: Journal, scenario: Scenario) -> None:
    """The spells of one person under one side of the law do not overlap."""
    s = journal.spells
    sides = {journal.names["track"].index(name): track.side for name, track in scenario.tracks.items()}
    spells: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    kinds = (*journal.names["spells.kind"], "none")
    paid_back = [kinds[kind] == "reimbursed" for kind in s["kind"]]
    for case, track, start, end, back in zip(s["case"], s["track"], s["start"], s["end"], paid_back, strict=True):
        if start == start and not back:
            spells[int(case), sides[int(track)]].append((float(start), math.inf if end != end else float(end)))
    for (case, side), mine in spells.items():
        mine.sort()
        for (_, end), (start, _) in pairwise(mine):
            assert end <= start + MOMENT, f"case {case} has two services of the {side} side"


def waiting_does_what_it_may(journal: Journal, scenario: Scenario) -> None:
    """Levels are 1 to 4; needs rise before help has started, and families pay only while a person has no service."""
    s, e = journal.spells, journal.events
    assert np.isin(s["level"], [1, 2, 3, 4]).all()
    kinds, outcomes = (*journal.names["events.kind"], "none"), journal.names["events.outcome"]
    served: dict[int, list[tuple[float, float]]] = defaultdict(list)
    bought: dict[int, list[tuple[float, float]]] = defaultdict(list)
    paid_back: set[tuple[int, float, float]] = set()
    for case, kind, start, end in zip(s["case"], s["kind"], s["start"], s["end"], strict=True):
        name = journal.names["spells.kind"][kind]
        if name == "reimbursed":
            paid_back.add((int(case), float(start), float(end)))
        elif start == start:
            target = bought if name == "self_pay" else served
            target[int(case)].append((float(start), math.inf if end != end else float(end)))
    left = dict(zip(journal.cases["case"].tolist(), journal.cases["left"].tolist(), strict=True))
    for case, mine in bought.items():
        for start, end in mine:
            assert not any(start < until and since < end for since, until in served[case]), "both bought and granted"
            assert not end > left[case], "a family pays for somebody who has left"
    for case, start, end in paid_back:
        assert (start, end) in bought[case], "paid back what nobody paid"
    entered = dict(zip(journal.cases["case"].tolist(), journal.cases["level"].tolist(), strict=True))
    came = [kinds[kind] in ("notification", "application") for kind in e["kind"]]
    matters = Counter(e["case"][came].tolist())
    appealed = {journal.names["track"].index(name) for name, track in scenario.tracks.items() if track.side == "appeal"}
    others = {int(case) for case, track in zip(e["case"], e["track"], strict=True) if int(track) in appealed}
    others |= {
        int(case)
        for case, track in zip(journal.activities["case"], journal.activities["track"], strict=True)
        if int(track) in appealed
    }
    until_service = all(section.until == "service" for section in scenario.waiting.values())
    falls: dict[int, list[float]] = defaultdict(list)
    for case, kind, time in zip(e["case"], e["kind"], e["time"], strict=True):
        if kinds[kind] == "need_falls":
            falls[int(case)].append(float(time))
    for case, kind, time, outcome in zip(e["case"], e["kind"], e["time"], e["outcome"], strict=True):
        if kinds[kind] != "need_rises":
            continue
        number = int(case)
        # What a service has helped may rise again.
        lowest = entered[number] - sum(fell <= time for fell in falls[number])
        assert lowest < int(outcomes[outcome]) <= 4, "a need that rises to a level where it was"
        # Somebody with one matter only waits for nothing else while the service runs.
        if until_service and matters[number] <= 1 and number not in others:
            assert not any(start < time < end for start, end in served[number]), "a need rises that is met"
