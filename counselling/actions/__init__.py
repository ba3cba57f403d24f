"""Every write of peer support and counselling."""
