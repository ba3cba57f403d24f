"""Forms of this module, one file an area. What they take is checked again, as rules, by the actions."""
