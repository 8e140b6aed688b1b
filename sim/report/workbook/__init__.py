"""``budget.xlsx``: what a planner pastes into a budget proposal, with totals that are live formulas."""
