"""sagsflow: how the cases of children and young people flow through a municipality's services.

The rooms of the house, in the order in which data passes through them:

``scenario``    what a planner may say: checked, frozen configuration
``model``       what happens: the discrete-event simulation
``journal``     the record of what happened
``measures``    from journals to figures
``experiment``  many runs: replications, sweeps, the store, comparisons
``report``      figures for people
``cli``         the command line
"""
