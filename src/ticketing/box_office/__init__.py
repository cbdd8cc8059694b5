"""The counter: a sale to somebody who stands here. No tables: it walks the same corridor as a buyer.

Its promise: a seat sold at the counter is as sold as any other, and the drawer's cash is in the books.
"""
