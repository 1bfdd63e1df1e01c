"""The portal's own configuration of gunicorn, which waits a second where it waits ten."""

from pip_network.running.serve import arrival
from pip_network.running.serve.web import *  # noqa: F403 -- gunicorn reads all names of it

arrival.SECONDS = 1.0
