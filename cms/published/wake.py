"""Two bells inside a process: one for the thread that follows, one for the one that renders.

A bell only saves waiting. Nothing is lost when it is not heard: both threads look by themselves.
"""

from threading import Event

follower = Event()
renderer = Event()


def both() -> None:
    follower.set()
    renderer.set()
