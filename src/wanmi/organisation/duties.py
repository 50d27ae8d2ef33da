"""The duties (rights by name) and the shipped roles that carry them.

A duty says what; the post's area says where; relation rules (the check is
never made by the handler) stand with the task. Roles are rows and may be
edited; these are what a new city starts with.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

# Seeing and working on cases.
SEE_CASES: Final = "cases.see"
REPORT: Final = "cases.report"
WORK_TASKS: Final = "tasks.work"
REASSIGN_TASKS: Final = "tasks.reassign"
EXPORT_CASES: Final = "cases.export"
SEE_REPORTER: Final = "cases.see_reporter"
PLACE_CASES: Final = "cases.place"
URGE: Final = "cases.urge"
SUPERVISE: Final = "cases.supervise"
# Speaking with people outside.
SEE_CONTACTS: Final = "contacts.see"
ANSWER_CONTACTS: Final = "contacts.answer"
# At the telephones.
TAKE_CALLS: Final = "hotline.take"
LEAD_SHIFT: Final = "hotline.lead"
EDIT_KNOWLEDGE: Final = "hotline.knowledge"
# Pressing and ordering.
COORDINATE: Final = "cases.coordinate"
INSTRUCT: Final = "cases.instruct"
ORDER_CHECKS: Final = "cases.order_checks"
INVITE: Final = "cases.invite"
EDIT_CONTROLS: Final = "controls.edit"
ORDER_SURVEYS: Final = "surveys.order"
OPEN_CONSULTATIONS: Final = "consultations.open"
# On patrol, and at the command desk.
PATROL: Final = "patrol.go"
SEE_PATROLS: Final = "patrol.see"
LEAD_PATROLS: Final = "patrol.lead"
# Looking after the ground data.
SEE_PARTS: Final = "parts.see"
PROPOSE_PARTS: Final = "parts.propose"
EDIT_PARTS: Final = "parts.edit"
EDIT_AREAS: Final = "areas.edit"
SEE_CATALOGUE: Final = "catalogue.see"
EDIT_CATALOGUE: Final = "catalogue.edit"
# Looking after the house.
SEE_JOURNAL: Final = "journal.see"
EDIT_PROCEDURES: Final = "procedures.edit"
EDIT_PEOPLE: Final = "people.edit"
SEE_BOARD: Final = "board.see"
EVALUATE: Final = "evaluation.see"

_DESK = (SEE_CASES, WORK_TASKS, REPORT, SEE_PARTS, SEE_CATALOGUE)

SHIPPED_ROLES: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "admin": (
        "系统管理员",
        "Administrator",
        (
            SEE_CASES,
            SEE_PARTS,
            PROPOSE_PARTS,
            EDIT_PARTS,
            EDIT_AREAS,
            SEE_CATALOGUE,
            EDIT_CATALOGUE,
            SEE_JOURNAL,
            EDIT_PEOPLE,
            EDIT_CONTROLS,
            EDIT_PROCEDURES,
            REASSIGN_TASKS,
            EXPORT_CASES,
            SEE_BOARD,
        ),
    ),
    "leader": (
        "值班领导",
        "Leader",
        (
            SEE_CASES,
            WORK_TASKS,
            URGE,
            SUPERVISE,
            INSTRUCT,
            ORDER_SURVEYS,
            SEE_PARTS,
            SEE_CATALOGUE,
            EXPORT_CASES,
            SEE_BOARD,
            EVALUATE,
            SEE_CONTACTS,
            LEAD_SHIFT,
            SEE_PATROLS,
            LEAD_PATROLS,
        ),
    ),
    "supervisor": ("监督员", "Supervisor", (*_DESK, PROPOSE_PARTS, PATROL)),
    "acceptor": (
        "受理员",
        "Acceptor",
        (
            *_DESK,
            PROPOSE_PARTS,
            SEE_REPORTER,
            PLACE_CASES,
            ORDER_CHECKS,
            EXPORT_CASES,
            SEE_CONTACTS,
            ANSWER_CONTACTS,
            TAKE_CALLS,
        ),
    ),
    "duty_leader": (
        "值班长",
        "Duty leader",
        (
            *_DESK,
            URGE,
            SUPERVISE,
            ORDER_SURVEYS,
            OPEN_CONSULTATIONS,
            SEE_REPORTER,
            PLACE_CASES,
            EDIT_CONTROLS,
            ORDER_CHECKS,
            REASSIGN_TASKS,
            EXPORT_CASES,
            SEE_BOARD,
            SEE_CONTACTS,
            ANSWER_CONTACTS,
            TAKE_CALLS,
            LEAD_SHIFT,
            EDIT_KNOWLEDGE,
            SEE_PATROLS,
            LEAD_PATROLS,
        ),
    ),
    "dispatcher": (
        "派遣员",
        "Dispatcher",
        (
            *_DESK,
            PROPOSE_PARTS,
            URGE,
            SUPERVISE,
            COORDINATE,
            INVITE,
            OPEN_CONSULTATIONS,
            REASSIGN_TASKS,
            EXPORT_CASES,
            SEE_PATROLS,
            LEAD_PATROLS,
        ),
    ),
    "department": (
        "专业部门",
        "Department",
        (*_DESK, PROPOSE_PARTS, INVITE, REASSIGN_TASKS, EXPORT_CASES),
    ),
    "handler": ("处置人员", "Handler", (*_DESK, PROPOSE_PARTS, PATROL)),
    "evaluator": (
        "考核员",
        "Evaluator",
        (SEE_CASES, SEE_PARTS, SEE_CATALOGUE, EXPORT_CASES, EVALUATE, SEE_BOARD),
    ),
    "street": (
        "街道监督人员",
        "Street user",
        (
            SEE_CASES,
            URGE,
            SUPERVISE,
            REPORT,
            SEE_PARTS,
            PROPOSE_PARTS,
            SEE_CATALOGUE,
            EXPORT_CASES,
        ),
    ),
    "officer": ("执法队员", "Officer", (SEE_CASES, REPORT, SEE_PARTS, SEE_CATALOGUE, PATROL)),
    "squad_leader": (
        "中队长",
        "Squad leader",
        (SEE_CASES, REPORT, SEE_PARTS, SEE_CATALOGUE, PATROL, SEE_PATROLS, LEAD_PATROLS),
    ),
    "legal": ("法制审核员", "Legal reviewer", (SEE_CASES, SEE_CATALOGUE)),
    "inspector": ("督察员", "Inspector", (SEE_CASES, SEE_PARTS, SEE_CATALOGUE, SEE_JOURNAL)),
    "citizen": ("公众", "Citizen", (REPORT,)),
}

# What a duty lets people do, for the page that says why somebody may see something.
WORDS: Final = {
    SEE_CASES: _("See the cases of the area"),
    REPORT: _("Report problems"),
    WORK_TASKS: _("Take and finish tasks of the post"),
    REASSIGN_TASKS: _("Hand tasks to somebody else"),
    EXPORT_CASES: _("Take cases along as a file"),
    SEE_REPORTER: _("See who reported and how to reach them"),
    PLACE_CASES: _("Correct where a case lies"),
    URGE: _("Urge whoever holds a case"),
    COORDINATE: _("Name and waive co-handlers, move cases between levels, determine shirking"),
    INSTRUCT: _("Instruct a post about a case"),
    ORDER_CHECKS: _("Send supervisors to verify or check once more"),
    EDIT_CONTROLS: _("Rule certain classes otherwise in an area and at times"),
    INVITE: _("Let somebody without an account answer through a link"),
    SUPERVISE: _("Supervise a case, which demands a reply"),
    SEE_CONTACTS: _("See what people bring to the city"),
    ANSWER_CONTACTS: _("Answer people and file what they bring"),
    TAKE_CALLS: _("Take the calls of the hotline"),
    LEAD_SHIFT: _("Lead the shift of the hotline"),
    EDIT_KNOWLEDGE: _("Write what hotline agents may answer on the spot"),
    ORDER_SURVEYS: _("Order special surveys of the area"),
    OPEN_CONSULTATIONS: _("Ask departments for their opinion together"),
    SEE_PARTS: _("See the parts of the area"),
    PROPOSE_PARTS: _("Propose changes of the parts of the area"),
    PATROL: _("Sign on and off duty, send positions and alarms"),
    SEE_PATROLS: _("See who is on duty where, their tracks and attendance"),
    LEAD_PATROLS: _("Plan duty, correct attendance, answer alarms and call people out"),
    EDIT_PARTS: _("Change the parts of the area"),
    EDIT_AREAS: _("Change divisions and grids"),
    SEE_CATALOGUE: _("See classes, standards and the working calendar"),
    EDIT_CATALOGUE: _("Change standards and the working calendar"),
    SEE_JOURNAL: _("See the journal of the area"),
    EDIT_PROCEDURES: _("Change the procedures cases run by"),
    EDIT_PEOPLE: _("Look after people, posts and accounts of the area"),
    SEE_BOARD: _("See the overview of the area"),
    EVALUATE: _("See the evaluation"),
}
