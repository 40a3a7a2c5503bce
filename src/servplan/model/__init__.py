"""What a plan is: the records' kinds, their fields and references, and the plan that holds them."""
