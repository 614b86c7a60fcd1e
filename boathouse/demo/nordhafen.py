"""Nordhafen Group: who they are, what they decided, where they stand."""

from datetime import date
from typing import Any

from boathouse.demo.founding import Said, Team
from boathouse.rollout.parameters import Key
from boathouse.rollout.tables.programs import UnitKind
from boathouse.rollout.tables.roles import Duty
from boathouse.rollout.tables.stances import StanceKind

DEPARTMENT, UNIT = UnitKind.DEPARTMENT, UnitKind.BUSINESS_UNIT
NAME = "Nordhafen Group"
WHY = (
    "A ship that waits costs our customers more than our fees. We are good at every single step and slow at "
    "the seams between them. Three years from now a container leaves the yard the day after it arrives, "
    "because terminals, rail and customs pull at the same end."
)
COMPANY = Team(
    NAME,
    8000,
    "Ilse Brandt",
    UnitKind.COMPANY,
    (
        Team(
            "Terminals",
            3400,
            "Henrik Voss",
            UNIT,
            (
                Team("Terminal West", 82, "Marta Nowak", DEPARTMENT, says={"sponsor": "Henrik Voss"}),
                Team("Terminal East", 1450, "Ole Hansen", DEPARTMENT, says={"sponsor": "Henrik Voss"}),
                Team("Crane crews", 900, "Dilek Arslan", DEPARTMENT),
                Team("Yard planning", 140, "Sven Aydin", DEPARTMENT),
            ),
            says={"sponsor": "Ilse Brandt"},
        ),
        Team(
            "Rail",
            1900,
            "Beatrix Kern",
            UNIT,
            (
                Team("Shunting", 620, "Jan Pohl", DEPARTMENT, says={"leader_is_bought_in": None}),
                Team("Timetable", 90, "Lucia Ferro", DEPARTMENT, says={"sponsor": "Beatrix Kern"}),
                Team("Workshops on wheels", 480, "Karl Otto", DEPARTMENT, says={"only_maintains": True}),
            ),
            says={"sponsor": "Ilse Brandt"},
        ),
        Team(
            "Customs and papers",
            600,
            "Edith Sauer",
            UNIT,
            (
                Team("Clearing", 210, "Mehmet Kaya", DEPARTMENT, says={"sponsor": "Edith Sauer"}),
                Team("Portal", 60, "Anna Roth", DEPARTMENT, says={"sponsor": "Edith Sauer"}),
            ),
        ),
        Team(
            "Services",
            2100,
            "Paul Wirth",
            UNIT,
            (
                Team("Canteens", 320, "Gabi Lenz", DEPARTMENT, says={"only_maintains": True}),
                Team("People", 110, "Samir Haddad", DEPARTMENT),
                Team(
                    "Guards",
                    450,
                    "Uwe Frank",
                    DEPARTMENT,
                    says={"leader_is_bought_in": False, "leader_is_sceptical": True, "had_one_to_one": True},
                ),
            ),
        ),
    ),
)
DUTIES: dict[str, tuple[Duty, dict[str, Any]]] = {
    "Ilse Brandt": (Duty.EXECUTIVE_SPONSOR, {}),
    "Samir Haddad": (Duty.HR_SPONSOR, {}),
    "Lucia Ferro": (
        Duty.AMBASSADOR,
        {"strengths": ["communicates", "organises", "has_trained", "has_run_projects", "leads"]},
    ),
    "Anna Roth": (Duty.AMBASSADOR, {"strengths": ["communicates", "knows_people_work"]}),
    "Ines": (Duty.COACH, {"is_internal": False, "hands_over_on": date(2027, 6, 30)}),
    "Marta Nowak": (Duty.COACH, {"is_internal": True}),
    "Sven Aydin": (Duty.COACH, {"is_internal": True}),
    "Dilek Arslan": (Duty.COACH, {"is_internal": True, "in_training": True, "is_first_time": True}),
}
DECIDED = (
    Said(Key.LEVELS, ["company", "business_unit", "department"], "Teams follow once departments row.", 250),
    Said(Key.MAX_OBJECTIVES, 3, "With four we had a list. With three we have a conversation.", 70),
    Said(Key.MAX_KEY_RESULTS, 3, "What does not fit into three is two objectives.", 250),
    Said(Key.CYCLE_MONTHS, 3, "Tariffs, seasons and shifts all change by the quarter.", 250),
    Said(Key.KEY_RESULT_TYPES, ["metric", "baseline"], "Milestones made us proud of dates.", 70),
    Said(Key.SCORING, "commit_target_stretch", "Three figures make us talk before the quarter.", 70),
    Said(Key.AMBITION, "both", "Safety is committed. Everything else may stretch.", 250),
    Said(Key.PERFORMANCE_REVIEWS, "separate", "The works council and we agree on this one entirely.", 250),
    Said(Key.BOTTOM_UP_SHARE, 60, "The quay knows what slows the quay.", 250),
    Said(Key.ALIGNMENT, "conversation", "Rail and terminals meet for a day instead of copying goals.", 250),
    Said(Key.KPIS, "key_results_when_improving", "Two hundred figures stay green; three get better.", 250),
    Said(
        Key.CHECK_IN_CADENCE,
        {"company": "monthly", "business_unit": "monthly", "department": "biweekly"},
        "Shifts meet every two weeks anyway.",
        70,
    ),
    Said(
        Key.SYSTEM_OF_RECORD,
        {"name": "The harbour page", "link": "https://okr.nordhafen.example"},
        "Open on every screen on the quay.",
        250,
    ),
)
WAVES = (
    (["Terminal West"], {"cycle": 1, "sponsor": "Henrik Voss"}),
    (["Yard planning", "Timetable", "Portal", "Clearing"], {"cycle": 3, "sponsor": "Ilse Brandt"}),
    (["Terminals", "Rail", "Customs and papers", "Terminal East"], {"cycle": 5, "sponsor": "Ilse Brandt"}),
)
WEST = {"Terminal West": "We are the first. If it works on our quay, it works on any."}
STANCES = {
    StanceKind.OKRS: {
        "Terminal West": "The third quarter in a row, and the yard can feel it.",
        "Yard planning": "Every crane waits for us once an hour.",
        "Timetable": "Trains leave full or on time. We want both.",
        "Portal": "Forwarders call us because the page does not answer.",
    },
    StanceKind.HEALTH_METRICS: {"Canteens": "Warm, on time, within budget. Nothing to change."},
    StanceKind.JUST_DO_ITS: {"Clearing": "New rules from January: eighteen things to do, one after another."},
    StanceKind.NOT_NOW: {"Guards": "Half of us are new. First everybody knows the gates."},
}
