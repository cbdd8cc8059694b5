"""The building: venues, halls, gates.

``register`` writes them; each act is harmless when repeated. Promise: a gate's name is one in the whole house.
Others may call: ``queries``, ``register``, under no lock.
"""
