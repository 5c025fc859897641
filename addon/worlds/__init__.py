"""From a sentence to a world: plan, objects, environment, layout, dynamics, and the critic that closes the loop."""
