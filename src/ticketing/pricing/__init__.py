"""What it costs: bands, ticket types, prices, funders, promotion codes, the refund ladder.

``set_prices`` writes prices, ``funds`` what funders promised, ``promotion`` what codes spent; ``quote`` reads
a price, ``conditions`` refuses what is not for sale. Its promises: face price = paid + discount +
funded, every funded fen has a funder, and no cap and no budget is passed.
"""
