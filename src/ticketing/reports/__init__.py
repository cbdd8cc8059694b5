"""Looking back: sales per performance, arrivals, exports, what Prometheus reads. Reads only.

Its promise: every total equals the rows and the ledger behind it.
Others may call: ``sales.sales``, ``figures``, in a reading transaction.
"""
