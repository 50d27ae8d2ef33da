"""The HTTP API: one document, each room's routes."""

from wanmi.accounts.api import router as accounts
from wanmi.accounts.auth import ApiAuth
from wanmi.accounts.device_api import router as devices
from wanmi.cases.api import router as cases
from wanmi.cases.recordapi import router as record
from wanmi.cases.requests_api import router as requests
from wanmi.catalogue.api import router as catalogue
from wanmi.consultations.api import router as consultations
from wanmi.dispatch.api import router as dispatch
from wanmi.evidence.api import router as evidence
from wanmi.evidence.tus import router as tus
from wanmi.geography.api import router as geography
from wanmi.hotline.api import router as hotline
from wanmi.intake.api import router as contacts
from wanmi.journal.api import router as journal
from wanmi.notices.api import router as notices
from wanmi.organisation.api import router as organisation
from wanmi.organisation.saved.api import router as views
from wanmi.registers.api import router as registers
from wanmi.registers.requestapi import router as part_requests
from wanmi.shell.api import DocumentedApi, install_problem_handlers
from wanmi.surveys.api import router as surveys
from wanmi.triage.api import router as triage
from wanmi.upkeep.api import router as upkeep
from wanmi.workflow.api import router as workflow

api = DocumentedApi(
    title="Wanmi 万米",
    version="1",
    description="Reports, cases, tasks and media of a city's grid management.",
    urls_namespace="api",
    openapi_url="openapi.json",
    docs_url=None,
    auth=ApiAuth(),
)
install_problem_handlers(api)
api.add_router("", accounts)
api.add_router("", devices)
api.add_router("", organisation)
api.add_router("", views)
api.add_router("", upkeep)
api.add_router("", catalogue)
api.add_router("", geography)
api.add_router("", evidence)
api.add_router("", tus)
api.add_router("", registers)
api.add_router("", part_requests)
api.add_router("", workflow)
api.add_router("", cases)
api.add_router("", record)
api.add_router("", requests)
api.add_router("", contacts)
api.add_router("", hotline)
api.add_router("", surveys)
api.add_router("", consultations)
api.add_router("", dispatch)
api.add_router("", triage)
api.add_router("", notices)
api.add_router("", journal)
