"""What happens: the discrete-event simulation."""
