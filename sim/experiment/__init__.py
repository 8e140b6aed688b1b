"""Many runs: sweeps, the store of results, comparisons."""
