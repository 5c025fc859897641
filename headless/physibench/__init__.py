"""PhysiBench: generated Rube Goldberg machines with rules, assertions and oracle scripts."""
