"""Wishes that no expression says: of what is not in the scene or cannot be told from a run. They are to be refused."""

from __future__ import annotations

from .model import Goal

UNSAYABLE = (
    Goal("happy_ball", "feelings", "track", "Make the green ball happy."),
    Goal("sky", "not recorded", "lane", "The sky should turn pink by the end of the run."),
    Goal("no_such_ball", "not there", "yard", "Get the purple pyramid to touch the green ball."),
    Goal("no_such_thing", "not there", "row", "The ball has to ring the bell behind the dominoes."),
    Goal(
        "noise", "not recorded", "dominoes", "I'd like the dominoes to make as loud a noise as they can when they fall."
    ),
    Goal("beauty", "taste", "slope", "Let the red ball roll down as beautifully as possible."),
    Goal("heat", "not recorded", "swing", "The bob must not get warmer than 40 degrees Celsius."),
    Goal("surprise", "feelings", "toss", "Throw the ball in a way that would surprise my little brother."),
)
