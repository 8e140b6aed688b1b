"""What would a much larger sweep need? Scaled up from one that was measured.

    uv run python benchmarks/scale_out.py results/all

Reads how long the replications of a stored sweep took and how much disk they take, and multiplies. The assumption:
time and tables of cases grow with the inhabitants, tables of results with the number of replications only. So ninety
small municipalities cost what a few large ones of the same population would.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.manifest import Manifest

PER_CASE = ("billing_*.parquet", "spells.parquet")
"""Files of a point that grow with cases and replications."""
PER_POINT = ("journal/*", "ledger.parquet")
"""Files of a point that grow with cases, and hold replication 0 alone."""
PER_REPLICATION = ("kpis.parquet", "costs.parquet", "series.parquet")
"""Files of a point that grow with replications."""
TABLES = ("kpis.csv", "kpis.parquet", "costs.csv", "costs.parquet")
"""Files of all points together that grow with replications."""


@dataclass(frozen=True)
class Measured:
    """What a stored sweep took. Bytes and seconds are means."""

    seconds: float
    """Of one replication on one core."""
    case_bytes: float
    """Per replication, as far as they grow with the population."""
    result_bytes: float
    """Per replication, as far as they do not."""
    point_bytes: float
    """Per point."""


def measured(folder: Path, seconds: float | None) -> Measured:
    """Return what a folder of results took.

    Args:
        folder: Its municipality is the one whose population is scaled.
        seconds: Of a replication; None: as the manifest says.
    """
    manifest = Manifest.read(folder)
    if manifest.sources and seconds is None:
        raise SystemExit(f"{folder} was not simulated but brought together or priced: give --seconds")
    points = [folder / "points" / entry.label for entry in manifest.points if entry.stored]
    count = sum(entry.stored for entry in manifest.points)
    apart = sum(_bytes(point, PER_REPLICATION) for point in points) + _bytes(folder, TABLES)
    return Measured(
        seconds=seconds or sum(entry.seconds for entry in manifest.points) / count,
        case_bytes=sum(_bytes(point, PER_CASE) for point in points) / count,
        result_bytes=apart / count,
        point_bytes=sum(_bytes(point, PER_POINT) for point in points) / len(points),
    )


def _bytes(folder: Path, patterns: tuple[str, ...]) -> int:
    return sum(path.stat().st_size for pattern in patterns for path in folder.glob(pattern))


def main() -> None:
    """Read, multiply and print."""
    parser = argparse.ArgumentParser(description="What a much larger sweep would need.")
    parser.add_argument("folder", type=Path, help="results of a sweep of one municipality")
    parser.add_argument("--population", type=float, default=206_000, help="of that municipality")
    parser.add_argument("--seconds", type=float, help="of one replication, in the place of what the manifest says")
    parser.add_argument("--memory", type=float, default=390, help="MB that one worker took")
    parser.add_argument("--municipalities", type=int, default=98)
    parser.add_argument("--inhabitants", type=float, default=6_000_000, help="of all municipalities together")
    parser.add_argument("--scenarios", type=int, default=20)
    parser.add_argument("--replications", type=int, default=100)
    given = parser.parse_args()
    one = measured(given.folder, given.seconds)
    ratio = given.inhabitants / given.population
    each = given.scenarios * given.replications
    hours = one.seconds * ratio * each / 3600
    cases, journals = one.case_bytes * ratio * each, one.point_bytes * ratio * given.scenarios
    results = one.result_bytes * given.municipalities * each
    print("measured, one replication")
    print(f"  core seconds         {one.seconds:>12.1f}")
    print(f"  MB of cases          {one.case_bytes / 1e6:>12.2f}")
    print(f"  MB of results        {one.result_bytes / 1e6:>12.2f}")
    print(f"  MB a point, once     {one.point_bytes / 1e6:>12.1f}")
    print(f"{given.municipalities} municipalities × {given.scenarios} scenarios × {given.replications} replications")
    print(f"  replications         {given.municipalities * each:>12,}")
    print(f"  core hours           {hours:>12,.0f}")
    for cores in (2, 16, 128):
        print(f"  hours on {cores:>3} cores    {hours / cores:>12,.1f}")
    print(f"  GB of disk           {(cases + journals + results) / 1e9:>12,.0f}")
    print(f"  GB of memory, 16 cores{given.memory * 16 / 1000:>11,.1f}")


if __name__ == "__main__":
    main()
