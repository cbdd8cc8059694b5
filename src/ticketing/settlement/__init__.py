"""A night closed: what a performance sold, what came in and where it lies, signed by name and then locked.

The sheet is drawn from the reports and the ledger, stored as it was signed, and never changed; what
happens to its money afterwards is shown beside it. Its promise: it equals the ledger to the fen.
"""
