"""Files of a municipality's own: who has a case today, how many persons there will be, who works in the teams.

A planner's spreadsheets are read here, once, when a configuration is composed. What comes out are plain values of the
configuration like any other, so that nothing further on knows about files.
"""
