"""Who may be the same: how names are compared, and what is near one. It suggests with reasons and decides nothing."""
