"""What shops say of orders: their signatures, their words, and what stands when all they said is taken together.

Readers turn a shop's own words into `OrderSaid`, `RefundSaid` and `CancelSaid`; personal data ends there, as keyed
hashes. `stand` makes one order of everything that was said of it, whatever the order in which it came.
"""
