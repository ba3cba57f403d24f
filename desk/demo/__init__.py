"""An invented service for trying the product: every name, number and date is made up from a seed."""
