"""What is installed: its version, and the configuration that comes with it, in the package or in a checkout.

It stands outside the rooms because Tab completion asks it at every keystroke, and loads nothing else.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """Return the folder ``configs`` or ``scenarios`` that comes with the tool.

    Args:
        folder: ``configs`` or ``scenarios``.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    candidates = (_PACKAGE / "shipped" / folder, _PACKAGE.parent / folder)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation is incomplete: neither {candidates[0]} nor {candidates[1]} exists")


def configs_folder() -> Path:
    """Return the folder of the config groups that come with the tool."""
    return shipped("configs")


def scenarios_folder() -> Path:
    """Return the folder of the scenarios that come with the tool."""
    return shipped("scenarios")


def version() -> str:
    """Return the version of sagsflow."""
    # Reading the metadata of packages takes time, and few commands need it.
    from importlib import metadata

    try:
        return metadata.version("sagsflow")
    except metadata.PackageNotFoundError:
        return "unknown"
