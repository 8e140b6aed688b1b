"""The cheapest staffing that keeps given limits: a search over many candidates, and a fair look at the one found."""
