"""Nouns and adjectives by what they say about a key result, in the singular."""

from boathouse.rollout.checks.lexicon.lists import words

# Nouns that say how much of something: "the number of workshops" is about workshops.
CONTAINERS = words(
    "number amount count volume share percentage percent proportion quantity total majority set list sum"
)
# Other things people name; they only help to tell nouns from verbs.
THINGS = words("""
    form field file record invoice message letter fact goal target objective plan value rule law right
    benefit need want use case model view data base key board desk floor house water light power work
    job place space market supply demand trade shop store order stock load screen link code source path
    track trail mile press print copy paper note sign mark label brand name title word text term phrase
    point dot line row column block cell chart graph map guide lead head hand face eye arm leg foot back
    side top end start finish middle part piece unit contact client license licence documents forms
    designs permit staff crew skill experience
""")

# What is read off an instrument, a ledger or a survey.
MEASURES = words("""
    rate ratio score index percentage percent share proportion level number count volume amount total
    average mean median percentile quantity sum frequency velocity throughput capacity utilisation
    utilization occupancy load nps csat ces esat enps sla slo kpi mrr arr iarr nrr grr acv tcv gmv arpu
    arpa ltv clv cltv cac cpc cpm cpa cpl ctr roi roas roe ebitda ebit dau mau wau smau gmau aov mttr
    mtta mttd mtbf rto rpo sql mql pql lcp ttfb tti tps rps qps p50 p75 p90 p95 p99 ctor cvr rpm cogs
    opex capex wip sam som tam fte dso dpo yield oee trir ltifr bmi gpa revenue sales turnover income
    profit profitability margin earnings cash cashflow runway burn spend spending cost expense budget
    price fee wage salary debt equity valuation surplus deficit loss savings funding donation bookings
    pipeline quota churn attrition retention renewal conversion adoption activation engagement uptime
    downtime availability reliability latency delay lag duration time speed pace turnaround lead-time
    cycle-time runtime response backlog coverage accuracy precision recall quality defect bug error
    incident outage crash failure fault escalation rollback breach vulnerability accident injury
    complaint return refund chargeback satisfaction happiness wellbeing well-being morale sentiment
    trust awareness recognition reputation loyalty nps-score confidence productivity efficiency
    effectiveness performance traffic visit visitor session impression pageview view click open reach
    follower subscriber subscription like reaction mention referral lead signup sign-up registration
    enrolment enrollment attendance participation completion graduation installation download usage
    consumption emission emissions footprint waste energy temperature weight output stock inventory
    shrinkage scrap wait waiting queue no-show absence absenteeism sickness vacancy tenure diversity
    representation parity gap literacy proficiency grade mark rank ranking position rating review star
    stars vote size length width distance area mileage growth increase decrease reduction improvement
    change difference drop decline rise gain uplift basket ticket ticket-size footfall bounce stickiness
    virality deliverability readability usability findability variance deviation forecast balance
    exposure risk liability interest mortality morbidity readmission prevalence incidence survival
    response-time load-time time-to-value time-to-hire time-to-fill time-to-market payback break-even
""")
# Nouns so often part of a deliverable's name that alone they prove no measure.
WEAK_MEASURES = words("""
    review forecast time reach open pipeline ticket position response return change risk budget price
    level number performance view load output increase gain rise drop growth stock interest mark queue
    report like lead sales quality session backlog visit ranking bug error stars incident engagement
    awareness usage energy waste cost area length size trust gap diversity usability visitor improvement
    subscription renewal kpi grade sum mean attendance download click vote recall star
""")

# People and organisations outside the team, and what they do or give: counting them counts an outcome.
# They join, buy, recommend: what they do is an outcome.
ORGANISATIONS = words("""
    harbour harbor port club church museum library charity municipality ministry agency bank clinic farm
    restaurant hotel cafe retailer dealer shop cinema theatre airline airport university college
    kindergarten
""")
OUTCOMES = (
    words("""
    user customer client consumer buyer shopper subscriber follower fan reader viewer listener visitor
    guest member patient student pupil learner graduate resident citizen household family tenant
    passenger rider driver traveller traveler donor volunteer supporter backer investor sponsor
    advertiser merchant seller vendor supplier partner reseller distributor franchisee applicant
    candidate signup sign-up registration registrant subscription download install installation
    activation conversion purchase order sale deal contract logo renewal upgrade referral lead mql sql
    opportunity inquiry enquiry request booking reservation transaction payment donation pledge visit
    pageview view click impression like share retweet mention tweet comment star fork vote review rating
    testimonial recommendation endorsement response reply answer feedback citation backlink link
    contributor contribution regular participant attendee adopter account company organisation
    organization enterprise business school hospital city country market team employee teammate
    developer engineer people person woman man incident outage bug defect complaint error failure crash
    breach violation injury accident fatality escalation return refund cancellation stockout no-show
    absence resignation hour minute second day week month dollar euro pound tonne ton kilogram kg kwh
    mwh watt litre liter mile kilometre kilometer point award job meal bed home unit vehicle tree life
    seat licence license workspace node site store query message call connection interaction
    conversation session stream player game match goal device endpoint machine server sensor cluster win
    place percent click-through publication
""")
    | ORGANISATIONS
)

# What a team makes or does: counting them counts work.
PRODUCTS = words("""
    article post blog blogpost blog-post newsletter email mailing podcast episode video clip film
    webinar workshop seminar lecture talk presentation keynote demo demonstration conference meetup
    meet-up event session stream livestream roadshow ama hackathon bootcamp training course module
    lesson curriculum tutorial guide handbook manual playbook runbook whitepaper paper ebook book
    chapter report study analysis audit assessment evaluation survey questionnaire poll interview
    meeting 1:1 one-on-one standup retrospective retro offsite campaign ad advert advertisement banner
    flyer brochure leaflet poster infographic slide deck template script snippet document documentation
    doc spec specification rfc proposal plan roadmap strategy policy procedure process framework
    guideline standard checklist list map matrix diagram persona prototype mockup mock-up wireframe
    design concept draft feature functionality capability release version build beta alpha mvp poc pilot
    launch rollout deployment migration upgrade update refactor patch fix integration api sdk plugin
    extension connector library package tool toolkit dashboard app application website site page
    landing-page microsite portal platform system database pipeline experiment test trial iteration
    sprint milestone project initiative program programme activity task action item ticket issue story
    pr pull-request commit merge-request mr review visit call pitch outreach announcement press-release
    case-study case showcase exhibition fair booth hire hiring engineer recruiter designer manager role
    position vacancy opening contract agreement partnership grant submission patent filing certificate
    certification committee council board group guild community-of-practice forum channel infrastructure
    facility office branch factory plant line warehouse machine component part pattern recipe menu dish
    collection range show performance rehearsal tour screening shoot photo photograph image illustration
    logo icon brand identity faq glossary translation localisation localization subtitle transcript
    recording benchmark baseline metric kpi okr snapshot takeaway insight recommendation finding idea
    improvement deep-dive dive highlight office-hours hours hour key-result note minute summary
    definition catalogue catalog inventory register archive backup environment instance cluster set kit
    pack bundle offering product service scheme referral-program mechanism workflow automation bot
""")
# What waits to be worked off: closing it is work, having less of it is an outcome.
BACKLOG = words(
    "bug issue ticket story task defect finding request card item pr pull-request merge-request point"
)
# Products that are as often an outcome when they are counted.
WEAK_PRODUCTS = words("""
    session stream call visit review issue ticket hour hours test role position product service item
    story case show performance minute line part site page app application system platform database
    pipeline machine unit contract agreement partnership grant group community list range photo image
    set engineer manager partner star answer update improvement idea capability environment instance
    cluster store branch office designer recruiter board channel milestone hire opening vacancy book
    program programme finding
""")

PEOPLE = (
    words("""
    user customer client consumer buyer shopper subscriber follower reader viewer listener visitor guest
    member patient student pupil learner graduate resident citizen tenant passenger rider driver donor
    volunteer supporter partner developer engineer employee teammate colleague staff people person
    everyone everybody nobody anyone manager leader team candidate applicant prospect admin
    administrator merchant seller supplier player teacher nurse doctor parent child farmer company
    organisation organization business department school site-admin contributor participant respondent
    attendee household community new-hire starter newcomer rep salesperson agent operator maintainer
    adopter stakeholder executive alumni audience public host beneficiary family women men woman man
    adult youth
""")
    | ORGANISATIONS
)
TEAM = words("we our us ce ces ae aes sdr sdrs sre sres pm pms hr it marketing finance legal")
STRONG_MEASURES = MEASURES - WEAK_MEASURES
STRONG_PRODUCTS = PRODUCTS - WEAK_PRODUCTS
OUTSIDERS = PEOPLE - TEAM
# End states said with an adjective or adverb.
DONE = words("""
    complete completed live done ready available public operational functional in-place up-to-date
    finished final published launched released shipped deployed implemented installed approved signed
    closed agreed written documented defined established created built hired trained onboarded certified
    migrated integrated automated configured delivered submitted accepted rolled reviewed updated tested
    validated verified audited communicated discoverable accessible visible online enabled usable
    playable shareable searchable compliant accredited set ramped staffed filled chosen selected
    identified prioritised prioritized scheduled booked secured obtained decided drafted designed
    developed refactored merged
""")
VAGUE = words("""
    better best good great excellent awesome amazing world-class strong stronger effective efficient
    healthy happy smooth seamless robust appropriate adequate improved optimal optimised optimized
    significantly substantially properly successfully effectively efficiently continuously regularly
    internal overall general various several many some more less higher lower thriving innovative
""")
FREQUENCIES = words(
    "daily weekly biweekly bi-weekly fortnightly monthly quarterly yearly annual annually regular ongoing"
)
ADJECTIVES = words("""
    new all our the more better high higher low lower good great key main first next last final full
    real public private internal external global local regional national international annual monthly
    weekly daily quarterly average median mean overall total net gross organic paid active inactive
    existing current previous remote digital online mobile social technical financial commercial legal
    strategic operational critical major minor small large big huge long short fast slow quick easy
    simple complex clear strong weak stable secure safe healthy happy young old open free qualified
    certified additional further extra other another different same each every both several many most
    few some any no zero at least more-than self-service end-to-end cross-functional high-quality top
    core
""")


def singular(noun: str) -> str:
    """The noun in the singular: "stories" gives "story". Words that only look plural stay."""
    if len(noun) < 4 or noun.endswith(("ss", "us", "is")):
        return noun
    if noun.endswith("ies") and noun not in {"series", "movies"}:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") else noun
