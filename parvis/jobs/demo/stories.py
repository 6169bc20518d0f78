"""What happened to each file of the demo department, as acts on days after its receipt."""

from dataclasses import dataclass

from parvis.jobs.demo.people import ADA, JEAN, LUCE, MINA, OTTO, SAM, ZOE, Person


@dataclass(frozen=True, slots=True)
class Story:
    """One file: received so many days ago, and then `day act what [section]`, one after another."""

    program: str
    client: Person
    ago: int
    acts: tuple[str, ...] = ()
    office: str | None = None


STORIES = (
    # Ada signs in: her turn, our turn, and a decision.
    Story(
        "study-permit",
        ADA,
        46,
        (
            "1 acknowledge",
            "3 open biometrics",
            "9 complete biometrics",
            "12 open eligibility",
            "20 complete eligibility",
            "21 exempt medical",
            "24 open background",
            "35 ask police-certificate background",
        ),
        "visa-office-new-delhi",
    ),
    Story(
        "visitor-visa",
        ADA,
        400,
        ("1 acknowledge", "2 open eligibility", "9 complete eligibility", "10 approve"),
        "visa-office-new-delhi",
    ),
    Story(
        "spouse-in-canada",
        ADA,
        210,
        (
            "20 acknowledge",
            "60 open eligibility",
            "130 complete eligibility",
            "131 open background",
        ),
        "cpc-mississauga",
    ),
    # Zoé signs in, in French.
    Story(
        "citizenship-grant",
        ZOE,
        150,
        (
            "14 acknowledge",
            "15 open language",
            "30 complete language",
            "31 open presence",
            "52 ask physical-presence presence",
            "70 answer physical-presence",
            "90 complete presence",
            "91 open prohibitions",
            "92 complete prohibitions",
            "93 open background",
        ),
        "cpc-sydney",
    ),
    Story(
        "work-permit",
        ZOE,
        75,
        ("1 acknowledge", "6 open eligibility", "20 ask job-offer eligibility"),
        "cpc-edmonton",
    ),
    Story(
        "express-entry-fsw",
        ZOE,
        260,
        (
            "10 acknowledge",
            "12 open eligibility",
            "40 complete eligibility",
            "41 open medical",
            "60 complete medical",
            "61 open background",
            "150 complete background",
            "151 refuse",
            "180 reopen",
            "181 open eligibility",
        ),
        "cpc-sydney",
    ),
    # Just received.
    Story("study-permit", SAM, 1),
    Story("parents-grandparents", JEAN, 5, office="cpc-mississauga"),
    Story("visitor-visa", MINA, 2, ("1 acknowledge",)),
    # The client's turn, in time and late.
    Story(
        "express-entry-cec",
        SAM,
        80,
        ("5 acknowledge", "10 open biometrics", "70 ask biometrics-appointment biometrics"),
    ),
    Story(
        "spouse-outside-canada",
        MINA,
        120,
        (
            "20 acknowledge",
            "30 open eligibility",
            "95 ask proof-of-relationship eligibility",
            "96 ask police-certificate background",
        ),
        "visa-office-manila",
    ),
    Story(
        "study-permit",
        JEAN,
        95,
        ("2 acknowledge", "5 open eligibility", "10 ask proof-of-funds eligibility"),
        "visa-office-paris",
    ),
    Story(
        "citizenship-grant",
        OTTO,
        200,
        ("20 acknowledge", "30 open test", "120 ask citizenship-test test"),
        "cpc-ottawa",
    ),
    # Answered: back with us.
    Story(
        "visitor-visa",
        LUCE,
        40,
        (
            "1 acknowledge",
            "2 open biometrics",
            "3 ask biometrics-appointment biometrics",
            "17 answer biometrics-appointment",
            "18 complete biometrics",
            "19 open eligibility",
        ),
        "visa-office-dakar",
    ),
    # With a partner.
    Story(
        "visitor-visa",
        OTTO,
        12,
        ("1 acknowledge", "2 transfer vac-manila"),
        "visa-office-manila",
    ),
    Story(
        "parents-grandparents",
        LUCE,
        300,
        ("30 acknowledge", "31 open eligibility", "200 transfer quebec"),
        "cpc-mississauga",
    ),
    Story(
        "spouse-outside-canada",
        JEAN,
        250,
        (
            "10 acknowledge",
            "20 transfer vac-dakar",
            "40 transfer visa-office-dakar",
            "45 open medical",
        ),
        "cpc-sydney",
    ),
    # Silent for too long.
    Story(
        "work-permit",
        MINA,
        330,
        ("2 acknowledge", "9 open eligibility", "30 complete eligibility", "31 open background"),
        "visa-office-new-delhi",
    ),
    Story("study-permit", OTTO, 290, ("3 acknowledge", "4 open eligibility"), "cpc-edmonton"),
    Story("express-entry-fst", LUCE, 500, ("10 acknowledge", "60 open eligibility"), "cpc-ottawa"),
    # Approved, within the standard and after it.
    Story(
        "express-entry-cec",
        JEAN,
        190,
        (
            "5 acknowledge",
            "6 open eligibility",
            "50 complete eligibility",
            "51 exempt medical",
            "52 open background",
            "120 complete background",
            "121 approve",
        ),
        "cpc-sydney",
    ),
    Story("study-permit", MINA, 160, ("2 acknowledge", "30 open eligibility", "110 approve")),
    Story("citizenship-grant", SAM, 600, ("30 acknowledge", "40 open presence", "420 approve")),
    Story("express-entry-fst", SAM, 150, ("8 acknowledge", "20 open eligibility", "140 approve")),
    # Refused.
    Story(
        "study-permit",
        LUCE,
        70,
        ("1 acknowledge", "5 open eligibility", "50 refuse"),
        "visa-office-dakar",
    ),
    Story("visitor-visa", SAM, 60, ("1 acknowledge", "9 open eligibility", "12 refuse")),
    Story("express-entry-fsw", OTTO, 320, ("9 acknowledge", "20 open eligibility", "260 refuse")),
    # Taken back, given up.
    Story("work-permit", SAM, 50, ("2 acknowledge", "20 withdraw"), "cpc-edmonton"),
    Story("parents-grandparents", OTTO, 420, ("40 acknowledge", "90 withdraw")),
    Story(
        "work-permit",
        JEAN,
        180,
        ("2 acknowledge", "5 ask medical-exam medical", "100 abandon"),
        "visa-office-manila",
    ),
    Story(
        "spouse-in-canada",
        LUCE,
        390,
        ("15 acknowledge", "20 ask proof-of-relationship eligibility", "140 abandon"),
    ),
    # Reopened and decided again.
    Story(
        "spouse-outside-canada",
        SAM,
        480,
        ("20 acknowledge", "30 open eligibility", "300 refuse", "340 reopen", "430 approve"),
        "visa-office-manila",
    ),
)
