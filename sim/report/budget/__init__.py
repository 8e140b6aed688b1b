"""What a budget proposal is made of: pure tables from stored ledgers, with intervals over replications."""
