"""The small words that hold an English sentence together."""

from boathouse.rollout.checks.lexicon.lists import words

DETERMINERS = words("""
    a an the our their its his her your my this that these those each every all both any some no another
    such either neither
""")
PRONOUNS = words(
    "we they i you he she it everyone everybody nobody someone anyone us them ourselves themselves"
)
PREPOSITIONS = words("""
    of in on at for by with from within without across among amongst between through throughout during
    before after under over above below via per into onto about around against towards toward until till
    since including regarding concerning beyond behind beside besides despite except inside outside like
    near than upon versus vs as because if when where while whilst unless so due based thru
""")
CONJUNCTIONS = words("and or & plus but nor + then") | {"as well as"}
MODALS = words("can could will would must should may might shall cannot can't won't able")
BE = words("is are be been was were being isn't aren't am")
HAVE = words("has have had having")
VERBS_WITH = frozenset(
    (verb, after)
    for verb in ("partner", "work", "report", "experiment", "contract", "start", "meet", "focus")
    for after in ("with", "on", "towards")
)
"""Words that are a verb with these after them, though nouns elsewhere."""
DO = words("do does did don't doesn't didn't")
RELATIVES = words("who that which whose")
PARTICLES = words("out up down off away back over through forward together")
ADVERBS = words("""
    not successfully also always never already fully only just still really very too well now again ever
    soon proactively consistently actively clearly easily entirely painlessly together there here
""")
VERB_FIRST = words("to please we'll let's will")  # what may stand before the first verb
ANAPHORA = words(
    "it them they these those each result results same both accordingly thereof there this itself"
)
"""Words that say the second thing is about the first."""
