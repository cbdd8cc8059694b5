"""What was agreed: orders and their lines.

``life`` is the only writer of an order's status. Its promise: an order moves along the allowed moves
only, each by a conditional update, whoever asks twice; and a buyer keeps to the limit (``limit``).
"""
