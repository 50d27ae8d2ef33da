"""The product's settings, with the bare endpoint beside its addresses."""

from wanmi.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare"
