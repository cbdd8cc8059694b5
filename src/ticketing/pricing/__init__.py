"""What it costs: bands, ticket types, prices, funders, the refund ladder.

``set_prices`` writes them; ``quote`` reads a price and refuses what is not for sale. Its promise: face
price = paid + discount + funded, and every funded fen has a funder.
"""
