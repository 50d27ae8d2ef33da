"""The assembly: settings, addresses, server entry points and the command line.

Stands above all rooms and is the only place that knows every one of them.
"""
