"""Settings by topic; what differs between towns comes from `WANMI_…` variables."""

from .environment import *  # noqa: F403

from .core import *  # noqa: F403  # isort: skip
from .database import *  # noqa: F403  # isort: skip
from .language import *  # noqa: F403  # isort: skip
from .web import *  # noqa: F403  # isort: skip
from .security import *  # noqa: F403  # isort: skip
from .files import *  # noqa: F403  # isort: skip
from .mail import *  # noqa: F403  # isort: skip
from .partners import *  # noqa: F403  # isort: skip
