"""What was agreed: orders and their lines.

``agree`` sets an order's first status, ``life`` alone moves it, ``promote`` keeps its code. Its promise: an
order moves along the allowed moves only, each by a conditional update, whoever asks twice; and a buyer
keeps to the limit (``limit``).
"""
