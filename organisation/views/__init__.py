"""Pages of the organisation that join no other module; one unit's page, which does, is in `desk`."""
