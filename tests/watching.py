"""What `make coverage` leaves unwatched: tests marked `no_cover`, and what is set up for them."""

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    plugin = item.config.pluginmanager.getplugin("_cov")
    if plugin is None or plugin.cov_controller is None or not item.get_closest_marker("no_cover"):
        return (yield)
    plugin.cov_controller.pause()
    try:
        return (yield)
    finally:
        plugin.cov_controller.resume()
