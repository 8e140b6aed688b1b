"""Where the configuration that comes with the tool is found; see :mod:`sim.installed`."""

from sim.installed import configs_folder, scenarios_folder, shipped

__all__ = ["configs_folder", "scenarios_folder", "shipped"]
