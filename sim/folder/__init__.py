"""A planner's own folder: written by ``sagsflow init``, and looked at by ``sagsflow check``."""
