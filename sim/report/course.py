"""When a scenario has paid for itself, in words."""

from __future__ import annotations

from sim.report.budget.investment import Course, Investment
from sim.report.results import Results


def course_text(results: Results, table: Investment) -> str:
    """Say how the cumulated net cost of a scenario goes, with the probability that it has turned."""
    say, share = results.texts, results.numbers.share
    last = table.years[-1]
    chances = {
        "share": share(last.paid_back.share),
        "low": share(last.paid_back.low),
        "high": share(last.paid_back.high),
    }
    match table.course:
        case Course.BREAKS_EVEN:
            assert table.break_even is not None
            year, known = table.break_even.year, table.break_even.paid_back
            text = say(
                "course.breaks_even", year=year, share=share(known.share), low=share(known.low), high=share(known.high)
            )
            if last.cumulated.mean > 0.005:
                text += say("course.not_lasting", year=last.year)
            return text if year == last.year else text + say("course.horizon", year=last.year, **chances)
        case Course.NEVER:
            return say("course.never", year=last.year) + say("course.horizon", year=last.year, **chances)
        case Course.SAME:
            return say("course.same")
        case _:
            return say(f"course.{table.course.value}") + say("course.horizon", year=last.year, **chances)
