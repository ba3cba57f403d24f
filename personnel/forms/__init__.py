"""Forms of this module. What they take is checked again, as rules, by the actions."""
