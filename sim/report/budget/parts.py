"""What each administration spends on what, year by year: means of a scenario and of the reference."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.budget.study import Study

ORDER = (
    "staff",
    "vacancy",
    "overtime",
    "agency",
    "recruitment",
    "appeals",
    "services",
    "bridging",
    "once",
    "transport",
    "back_payment",
    "board",
    "refund",
    "user_charge",
)


@dataclass(frozen=True)
class PartLine:
    """One part of what one administration pays, DKK, one figure per year of the proposal."""

    administration: str
    part: str
    baseline: tuple[float, ...]
    scenario: tuple[float, ...]


def parts(study: Study, label: str) -> list[PartLine]:
    """Return the lines of one scenario, by administration and part; of the replications that both have.

    Their differences add up to the proposal's totals.
    """
    here, base = study.paired(label, ["payer", "part", "year"], study.years, municipal=True)
    means = {
        name: (table.mean(axis=1) / 100).to_dict() if table.shape[1] else {}
        for name, table in (("here", here), ("base", base))
    }
    administrations = {name: position for position, name in enumerate(study.administrations)}
    order = {name: position for position, name in enumerate(ORDER)}
    keys = {(str(payer), str(part)) for payer, part, _ in here.index}
    return [
        PartLine(
            payer,
            part,
            tuple(float(means["base"].get((payer, part, year), 0.0)) for year in study.years),
            tuple(float(means["here"].get((payer, part, year), 0.0)) for year in study.years),
        )
        for payer, part in sorted(
            keys, key=lambda key: (administrations[key[0]], order.get(key[1], len(order)), key[1])
        )
    ]
