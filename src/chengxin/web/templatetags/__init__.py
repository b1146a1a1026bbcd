"""Tags for the page frames and parts in `templates/ui/`."""
