"""Verbs by what they say about a key result, in their base form."""

from boathouse.rollout.checks.lexicon.lists import words

# Something is made, done or delivered by the team itself.
WORK = words("""
    launch relaunch ship release deploy redeploy roll rollout publish republish write rewrite draft
    redraft author create recreate build rebuild develop code program prototype implement reimplement
    install reinstall configure design redesign redefine define document describe outline specify scope
    architect model map chart sketch plan replan prepare compile collate gather collect assemble produce
    film record edit translate localise localize migrate move port transfer transition convert upgrade
    update refresh refactor rearchitect rework modernise modernize overhaul revamp renovate restructure
    reorganise reorganize consolidate merge integrate connect embed automate digitise digitize script
    instrument containerise containerize dockerize provision set setup host hold run organise organize
    conduct perform execute carry facilitate moderate chair lead kick kickoff pilot attend visit meet
    interview survey poll ask consult call phone email contact approach reach_out pitch present demo
    showcase speak talk train coach mentor teach educate onboard certify enrol enroll hire recruit
    headhunt staff appoint nominate assign promote advertise market campaign announce communicate share
    circulate distribute send mail post tweet blog vlog stream podcast broadcast comment respond reply
    answer explore investigate research study analyse analyze assess evaluate audit review inspect
    examine check verify validate test retest user-test benchmark compare diagnose identify discover
    find prioritise prioritize brainstorm ideate decide choose select shortlist agree align negotiate
    procure purchase buy order source tender outsource insource fix patch debug repair resolve solve
    close complete finish finalise finalize conclude deliver submit file apply register obtain renew
    replace remove delete retire deprecate decommission sunset clean tidy archive introduce establish
    set_up institute initiate start begin open found form incorporate trial test_drive expand extend add
    enhance polish tune tweak adapt adjust customise customize standardise standardize harmonise
    harmonize formalise formalize codify restyle rebrand rename reposition brand print package bundle
    label tag catalogue catalog inventory list index classify categorise categorize segment tier score
    rate rank estimate forecast budget fund finance fundraise raise invest sponsor donate fit equip
    furnish construct paint plant restock stock maintain service monitor track watch log report
    dashboard visualise visualize present_to join participate partner collaborate network liaise engage
    invite offer provide supply give solicit request propose recommend advise suggest support help
    assist guide enable empower operationalise operationalize stand lay put bring spin wire hook pull
    push commit learn read practise practice master rehearse follow adopt use try experiment iterate
    spike schedule book arrange coordinate manage oversee administer handle process ensure_delivery seed
    productise productize commercialise commercialize monetise monetize patent license shadow debrief
    handover hand digest summarise summarize annotate proofread wind phase roll_out scale_out
    stress-test load-test pen-test threat-model root-cause triage backfill dogfood groom refine size
    rotate sweep calibrate accredit notarise vaccinate screen treat dig drill pour weld machine pack
    load unload cook bake serve sanitise sanitize sow harvest prune mow pave demolish excavate fence
    lobby petition canvass rally march litigate sue settle ratify legislate enact exhibit curate stage
    compose direct shoot cast premiere unify centralise centralize decentralise externalise internalise
    templatise parametrise parameterize generate surface expose wrap mock stub lint profile minify
    vendor fork clone activate deactivate enable_for recruit_for scout sign_off countersign endorse
    cover discuss debate clarify explain demonstrate illustrate inform notify remind warn alert warm
    craft shape mould incubate nurture cultivate foster encourage motivate inspire reward recognise
    recognize celebrate thank welcome greet tour redline vet background-check payroll reconcile invoice
    bill collect_on pay amortise make do work go continue keep_on pursue tackle address attack drive
    simplify streamline rationalise rationalize declutter invent innovate reimagine rethink reinvent
    transform evolve position target attract retain acquire
""")

# The work is real, but what is written may as well be an outcome: the object decides.
MIXED = words("""
    resolve solve close answer respond reply find obtain invest bring make provide offer give deliver
    expand extend open start register hold serve treat process handle collect support help use adopt ask
    complete fix sign raise go learn push pull do work drive generate engage simplify streamline get
    receive have secure win gain attract acquire convert onboard recruit activate enrol enroll identify
    book source pass
""")

# A quantity moves.
CHANGE = words("""
    increase decrease reduce improve grow raise lower cut lift boost double triple quadruple halve drop
    shrink shorten lengthen accelerate speed slow widen narrow strengthen deepen minimise minimize
    maximise maximize optimise optimize enhance elevate advance expand extend decline fall rise climb
    jump surge slash trim curb limit eliminate eradicate diminish lessen mitigate multiply outgrow
    enlarge broaden heighten scale upsell better tighten bolster amplify intensify ramp push drive move
    bring uplift step quicken hasten expedite alleviate ease relieve relax stretch stabilise stabilize
    recover restore rebound convert retain reactivate win_back streamline simplify decongest cap contain
    curtail prevent avoid save free claw recoup decarbonise decarbonize desaturate rightsize deleverage
    change shift turn transform swing nudge tilt
""")

# A level is arrived at or kept.
REACH = words("""
    reach achieve attain hit exceed surpass beat top outperform get gain have earn make generate win
    secure acquire obtain receive accumulate amass garner attract land log record see sell score rank
    rate become be stay remain maintain keep sustain hold preserve retain average total cross pass break
    close realise realize show demonstrate yield return deliver meet satisfy bring_in book collect
    capture convert activate ensure guarantee make_sure net pocket clear qualify graduate finish_with
    place come arrive answer resolve respond serve help
""")
KEEP = words("maintain keep sustain preserve retain hold remain stay stabilise stabilize continue uphold")
ENABLE = words("enable allow empower let make ensure help permit guarantee entitle give equip")
FIND_MEASURE = words("""
    define establish set measure baseline determine quantify instrument benchmark identify agree track
    calculate
""")

# Words that describe what users, customers and systems do by themselves.
BEHAVE = words("""
    use adopt buy purchase subscribe return recommend refer report say tell feel trust know understand
    find see agree believe rate vote choose prefer stay renew upgrade complete finish pass succeed
    convert click open visit view watch read listen download install activate sign register join attend
    participate contribute engage respond reply pay spend order book donate volunteer apply accept
    graduate attain achieve meet exceed run work load scale support survive recover sync boot start
    render function perform operate take last cost arrive reach require need churn leave quit cancel
    downgrade miss fail crash break earn get receive gain win experience enjoy love like tweet share
    post mention write create make collaborate speak learn grow remain live rely depend benefit
    self-serve log login search
""")

# Verbs that open an objective which is a piece of work.
TASK = words("""
    launch relaunch ship release deploy publish write rewrite draft create recreate build rebuild
    develop code prototype implement install configure design redesign define redefine document specify
    outline plan prepare compile produce film record translate localise localize migrate port transfer
    upgrade update refresh refactor rework modernise modernize overhaul revamp renovate restructure
    reorganise reorganize consolidate merge integrate automate digitise digitize script setup host run
    organise organize conduct perform pilot interview survey train hire recruit onboard appoint announce
    send post blog explore investigate research study analyse analyze assess evaluate audit review
    inspect test user-test benchmark prioritise select procure purchase buy fix patch repair close
    complete finish finalise finalize submit file register replace remove retire deprecate decommission
    archive introduce establish set initiate start open rebrand rename hold roll rollout kick activate
    surface formalise formalize codify standardise standardize raise fundraise negotiate sign construct
    map model gather catalogue list monitor track instrument attend visit present demo showcase certify
""")

_IRREGULAR = """
    beat beat beaten, become became become, begin began begun, break broke broken, bring brought,
    build built, buy bought, cast cast, choose chose chosen, come came come, cost cost, cut cut,
    dig dug, do did done, draw drew drawn, drive drove driven, fall fell fallen, feel felt, find found,
    get got gotten, give gave given, go went gone, grow grew grown, have had, hit hit, hold held,
    keep kept, know knew known, lay laid, lead led, leave left, lend lent, let let, lose lost,
    make made, meet met, pay paid, put put, quit quit, read read, rebuild rebuilt, redo redid redone,
    rethink rethought, rewrite rewrote rewritten, rise rose risen, run ran run, say said, see saw seen,
    sell sold, send sent, set set, shoot shot, show showed shown, shrink shrank shrunk, sow sowed sown,
    speak spoke spoken, spend spent, spin spun, stand stood, sue sued, swing swung, take took taken,
    teach taught, tell told, think thought, understand understood, win won, wind wound,
    write wrote written
"""
# Base form, past and participle if it is another word.
IRREGULAR = {verb: forms for verb, *forms in (line.split() for line in _IRREGULAR.split(","))}
