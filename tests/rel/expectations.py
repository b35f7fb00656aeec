"""Who may ask for what: the whole table of rights, route by route, that the matrix is compared with.

The policy at the door stands with the view (accounts/policy.py); this table says, for everybody whom the
door lets in, whose things a route shows and who may change something by it. A route that stands in no
list is undeclared, and the matrix is red.
"""

from accounts.models import Role
from accounts.policy import Policy
from tests.site import ANONYMOUS, CHIEFS, NOBODY, OWN, PEOPLE, SAME, Actor

HOME = {actor for actor in PEOPLE if actor.relation in (OWN, SAME)} | set(CHIEFS)
CHIEF = {CHIEFS[0]}
EVERYBODY = {ANONYMOUS, *PEOPLE}


def of_home(*roles: Role) -> set[Actor]:
    """Both people of each role in the home district."""
    return {Actor(role.value, relation) for role in roles for relation in (OWN, SAME)}


COORDINATORS = of_home(Role.COORDINATOR)
SECRETARIES = of_home(Role.COUNCIL_SECRETARY)
ADMINISTRATORS = of_home(Role.ADMINISTRATOR) | CHIEF
CLERKS = of_home(Role.CLERK)
MAKERS = COORDINATORS | of_home(Role.COUNCIL_SECRETARY)
EXECUTOR = {Actor("executor")} | COORDINATORS
DRAFTERS = CLERKS | COORDINATORS
CO_EXECUTOR = {Actor("clerk")}
WRITERS = of_home(Role.EXECUTOR, Role.COORDINATOR, Role.CLERK, Role.COUNCIL_SECRETARY)

#: Who sits in the council; a colleague with the same role does not.
REVIEWERS = {Actor("council_member"), Actor("council_secretary")}
#: Routes by which the papers of a council are kept and its sittings run.
COUNCIL_KEPT = (
    "council.council_edit", "council.council_close", "council.member_new", "council.member",
    "council.sitting_new", "council.sitting_edit", "council.move", "council.item_new", "council.item",
    "council.item_place", "council.materials", "council.material_drop", "council.live",
    "council.attendance", "council.voting", "council.votes", "council.ballots", "council.notes",
    "council.item_withdraw", "council.minutes", "council.sign", "council.scan",
)  # fmt: skip
COUNCIL_MEMBERS = of_home(Role.COUNCIL_MEMBER)

#: Whom a route answers, once its policy has let them through: everybody else gets 404, or 403 for the
#: pages of the whole instance.
ANSWERS: dict[str, set[Actor]] = {
    **dict.fromkeys((
        "static", "accounts.display", "accounts.language", "accounts.sign_in", "accounts.second_step",
        "accounts.forgotten", "accounts.leave", "accounts.help_page",
        "accounts.accessibility", "accounts.accept_invitation", "accounts.set_new_password",
        "roadmap.my_work", "roadmap.due_calendar", "roadmap.plans", "reports.reports", "accounts.profile",
        "accounts.notifications", "accounts.password", "accounts.second_factor", "accounts.sessions",
        "accounts.second_factor_codes", "accounts.second_factor_confirm", "accounts.second_factor_off",
        "accounts.second_factor_offer", "accounts.end", "accounts.end_others", "roadmap.plan_new",
        "roadmap.import_file", "reports.templates", "accounts.administration", "accounts.organisations",
        "accounts.people", "accounts.new_person", "accounts.new_organisation",
        "search_index.results", "search_index.suggest", "search_index.help_page", "search_index.export",
        "search_index.saved", "search_index.recent", "search_index.synonyms", "search_index.synonym_remove",
        "documents.archive", "documents.upload", "documents.inbox_page",
        "orders.templates", "orders.usual_template",
        "orders.orders", "orders.order_new", "orders.registers", "orders.register_new", "orders.control",
        "orders.discipline_page", "orders.discipline_xlsx_file", "orders.discipline_docx_file",
        "council.remarks",
        "council.sittings", "council.council_list", "council.council_new",
    ), EVERYBODY),
    # The council that has the report on its agenda, and those who answer for the plan.
    **dict.fromkeys((
        "council.review", "council.review_marks", "council.remark_make", "council.review_remind",
    ), REVIEWERS | MAKERS),
    "council.review_progress": SECRETARIES,
    "council.remark_move": REVIEWERS | MAKERS | {Actor("executor")},
    **dict.fromkeys((
        "roadmap.plan", "roadmap.plan_edit", "roadmap.plan_archive", "roadmap.section_new", "roadmap.bulk",
        "roadmap.plan_restore", "roadmap.plan_carry", "roadmap.executors",
        "roadmap.section_edit", "roadmap.measure_new", "roadmap.measure", "roadmap.measure_by_number",
        "roadmap.measure_check", "roadmap.measure_due", "roadmap.measure_edit", "roadmap.measure_history",
        "roadmap.measure_place", "roadmap.measure_withdraw", "roadmap.co_answer", "roadmap.comment",
        "roadmap.consolidate", "roadmap.save_draft", "roadmap.request_extension", "roadmap.move",
        "roadmap.occurrence", "roadmap.report", "roadmap.decide_extension", "roadmap.import_review",
        "roadmap.import_crop",
        "roadmap.import_correct", "roadmap.import_remap", "roadmap.import_confirm", "roadmap.import_drop",
        "documents.document", "documents.download", "documents.page_picture", "documents.preview",
        "documents.removal", "documents.requisites", "documents.new_version", "documents.dossier",
        "search_index.like", "search_index.inside", "documents.access", "documents.annex",
        "documents.citation_decide",
        "documents.citations", "documents.edition", "documents.extraction", "documents.graph",
        "documents.add", "reports.report", "reports.download", "reports.download_pdf", "reports.assemble",
        "reports.send_gaps", "reports.template_remove", "findings.finding", "findings.check",
        "bundles.bundles", "publication.report", "publication.plan", "publication.take_back", "reports.move",
        "reports.changes", "reports.changes_docx",
        "orders.order", "orders.order_edit", "orders.move", "orders.visas", "orders.visa", "orders.sign",
        "orders.signature", "orders.number", "orders.order_reserve", "orders.file_away", "orders.change",
        "orders.sheet", "orders.sheet_row", "orders.acknowledged", "orders.proposals", "orders.cascade",
        "orders.from_archive", "orders.register", "orders.register_edit", "orders.register_close",
        "orders.reserve", "orders.registration", "orders.template_remove",
        "council.council", "council.sitting", "council.calendar", "council.figures", "council.minutes_docx",
        "council.checked_in", "council.vote", "council.decide", "council.dissent", *COUNCIL_KEPT,
    ), HOME),
    **dict.fromkeys((
        "accounts.organisation", "accounts.close", "accounts.move", "accounts.reopen", "accounts.person",
        "accounts.block_person", "accounts.unblock_person", "accounts.give_role", "accounts.take_role",
        "accounts.invite_again", "accounts.send_new_password", "accounts.reset_factor",
        "accounts.end_sessions",
    ), ADMINISTRATORS),
    **dict.fromkeys(("accounts.letters", "accounts.choices", "accounts.tasks", "accounts.retry"), CHIEF),
    # What was published is for everybody, and nothing of it asks who they are.
    **dict.fromkeys((
        "open.index", "open.page", "open.table", "open.data", "open.docx", "open.document",
        "open.schema_file", "open.feed",
    ), EVERYBODY),
    # A bundle holds what its asker may read.
    "bundles.download": {Actor("coordinator")},
    "accounts.journal": set(CHIEFS),
    # A saved search is its owner's alone.
    **dict.fromkeys(("search_index.saved_news", "search_index.saved_forget"), {Actor("coordinator")}),
    # What nobody has looked at yet may hold anything.
    "documents.sorting": CLERKS,
}  # fmt: skip

#: Who may change something by an unsafe method of a route that answers them. A route with several moves
#: has a line for each.
CHANGES: dict[str, set[Actor]] = {
    **dict.fromkeys((
        "accounts.display", "accounts.language", "accounts.sign_in", "accounts.second_step",
        "accounts.forgotten", "accounts.leave", "accounts.accept_invitation", "accounts.set_new_password",
    ), EVERYBODY),
    **dict.fromkeys((
        "accounts.profile", "accounts.notifications", "accounts.password", "accounts.second_factor_codes",
        "accounts.second_factor_confirm", "accounts.second_factor_off", "accounts.second_factor_offer",
        "accounts.end", "accounts.end_others",
    ), set(PEOPLE)),
    **dict.fromkeys((
        "roadmap.plan_new", "roadmap.import_file", "reports.templates",
    ), COORDINATORS | {Actor("coordinator", "foreign")}),
    **dict.fromkeys((
        "roadmap.plan_edit", "roadmap.plan_archive", "roadmap.section_new", "roadmap.section_edit",
        "roadmap.plan_restore", "roadmap.plan_carry", "roadmap.executors",
        "roadmap.bulk", "roadmap.measure_new", "roadmap.measure_due", "roadmap.measure_edit",
        "roadmap.measure_place", "roadmap.measure_withdraw", "roadmap.decide_extension",
        "roadmap.import_correct", "roadmap.import_remap", "roadmap.import_confirm", "roadmap.import_drop",
        "reports.template_remove", "reports.send_gaps", "roadmap.move:cancel", "roadmap.move:accept",
        "roadmap.move:return", "reports.move:submit", "reports.move:recall",
    ), COORDINATORS),
    **dict.fromkeys(("reports.move:take_up", "reports.move:send_back"), SECRETARIES),
    **dict.fromkeys(COUNCIL_KEPT, SECRETARIES),
    **dict.fromkeys(("council.move:send_agenda", "council.move:close", "council.move:resume"), SECRETARIES),
    "council.council_new": SECRETARIES | {Actor("council_secretary", "foreign")},
    **dict.fromkeys(("council.vote", "council.dissent"), COUNCIL_MEMBERS),
    "council.checked_in": COUNCIL_MEMBERS | {Actor("council_secretary")},
    # A question is decided by whoever presides or by the secretary.
    "council.decide": {Actor("council_member")} | SECRETARIES,
    **dict.fromkeys((
        "roadmap.report", "roadmap.save_draft", "roadmap.consolidate", "roadmap.request_extension",
        "roadmap.occurrence", "roadmap.move:submit",
    ), EXECUTOR),
    **dict.fromkeys((
        "orders.order_edit", "orders.visas", "orders.sign", "orders.signature", "orders.change",
        "orders.sheet", "orders.sheet_row", "orders.from_archive", "orders.move:send", "orders.move:withdraw",
    ), DRAFTERS),
    "orders.move:return": DRAFTERS,
    "orders.order_new": DRAFTERS | {Actor("clerk", "foreign"), Actor("coordinator", "foreign")},
    **dict.fromkeys((
        "orders.number", "orders.order_reserve", "orders.file_away", "orders.register_edit", "orders.reserve",
        "orders.register_close", "orders.registration", "orders.template_remove",
    ), CLERKS),
    "orders.register_new": CLERKS | {Actor("clerk", "foreign")},
    "orders.templates": CLERKS | {Actor("clerk", "foreign")},
    "orders.proposals": COORDINATORS,
    "orders.move:remove_from_control": COORDINATORS,
    "orders.cascade": COORDINATORS,
    # The one who is asked for the visa and stands on the sheet.
    **dict.fromkeys(("orders.visa", "orders.acknowledged"), {Actor("executor")}),
    "roadmap.co_answer": CO_EXECUTOR,
    "roadmap.comment": HOME,
    "reports.assemble": MAKERS,
    **dict.fromkeys((
        "findings.check", "bundles.bundles", "publication.report", "publication.plan",
        "publication.take_back",
    ), MAKERS),
    # Executors explain their rows; makers of reports explain and dismiss in all.
    "findings.finding": MAKERS | EXECUTOR,
    **dict.fromkeys(("council.review_marks", "council.remark_make"), REVIEWERS),
    "council.review_remind": SECRETARIES,
    "council.remark_move:answer": EXECUTOR,
    "council.remark_move:withdraw": {Actor("council_member")},
    # Whoever writes for the organisation of a dossier answers for all that stands in it.
    **dict.fromkeys((
        "documents.add", "documents.removal", "documents.requisites", "documents.new_version",
    ), WRITERS),
    **dict.fromkeys((
        "accounts.organisation", "accounts.close", "accounts.move", "accounts.reopen", "accounts.person",
        "accounts.block_person", "accounts.unblock_person", "accounts.give_role", "accounts.take_role",
        "accounts.invite_again", "accounts.send_new_password", "accounts.reset_factor",
        "accounts.end_sessions",
    ), ADMINISTRATORS),
    **dict.fromkeys((
        "accounts.new_person", "accounts.new_organisation",
    ), ADMINISTRATORS | {Actor("administrator", "foreign")}),
    "accounts.choices": CHIEF,
    "accounts.retry": CHIEF,
    **dict.fromkeys(("search_index.saved", "search_index.recent"), set(PEOPLE)),
    **dict.fromkeys(("search_index.saved_news", "search_index.saved_forget"), {Actor("coordinator")}),
    **dict.fromkeys((
        "search_index.synonyms", "search_index.synonym_remove",
    ), ADMINISTRATORS | {Actor("administrator", "foreign")}),
    **dict.fromkeys((
        "documents.access", "documents.annex", "documents.citation_decide", "documents.citations",
        "documents.edition", "documents.extraction", "documents.sorting",
    ), CLERKS),
    "documents.upload": CLERKS | {Actor("clerk", "foreign")},
}  # fmt: skip

IN, SIGN_IN, REFUSED, HIDDEN, NO_METHOD = "in", "sign in", "403", "404", "405"
INSTANCE = {"accounts.letters", "accounts.choices", "accounts.tasks", "accounts.retry", "accounts.journal"}


class Undeclared(AssertionError):
    """Nobody said who may ask for a route."""


def at_the_door(policy: Policy | None, actor: Actor, endpoint: str) -> str:
    """What the policy of a view makes of the actor."""
    if policy is None:
        raise Undeclared(f"{endpoint} has no policy: declare one in its view (accounts/policy.py)")
    if policy.is_public:
        return IN
    if actor == ANONYMOUS:
        return SIGN_IN
    held = set() if actor == NOBODY else {Role(actor.role)}
    return IN if policy.roles is None or policy.roles & held else REFUSED


def behind_it(endpoint: str, actor: Actor) -> str:
    """What the route itself makes of somebody whom the door let in."""
    if endpoint not in ANSWERS:
        raise Undeclared(f"{endpoint} is not in ANSWERS: say in tests/rel/expectations.py whom it answers")
    if actor in ANSWERS[endpoint]:
        return IN
    return REFUSED if endpoint in INSTANCE else HIDDEN


def may_change(endpoint: str, move: str, actor: Actor) -> bool:
    """Whether anything may be different afterwards."""
    key = f"{endpoint}:{move}" if move else endpoint
    if key not in CHANGES:
        raise Undeclared(f"{key} is not in CHANGES: say in tests/rel/expectations.py who may change what")
    return actor in CHANGES[key]
