"""What happens: the discrete-event simulation, on SimPy.

No pandas, no Hydra, no files, no global state. The concepts, one module each:

``clock``        working hours and statutory deadlines as points in time
``draws``        random numbers addressed by case, so that scenarios can be compared case by case
``environment``  SimPy's event loop, and events that happen at a given time
``case``         a person, and a person's way through one track
``team``         caseworkers and the work that waits for them
``named_team``   caseworkers with cases of their own
``staffing``     who is employed, who is away, who leaves, and who comes instead
``headcount``    how many persons a team has, and when that changes
``staffed_desk`` caseworkers as persons (``staffed_team``, ``staffed_named_team``: teams of them)
``completeness`` how well files are documented
``records``      how activities and staff are written to the journal
``panel``        decision meetings
``places``       services with limited places
``step``         what every step of the process map can do
``steps``        work, delays, panels, choices, ends
``meeting``      caseworkers of several teams at once
``decision``     what is granted, and what an appeal can change
``service_step`` waiting for a service and having it
``tracks``       a process map, put together
``spell``        a service that somebody has: follow-ups, end, bridging
``birthday``     planning for, and turning, 18
``arrivals``     who comes, and who is there on day 0
``world``        one replication, put together
"""

from sim.model.world import simulate

__all__ = ["simulate"]
