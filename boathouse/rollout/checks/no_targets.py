"""Numbers that nobody can reach: dates, versions, names, references, periods, descriptions of a
population."""

import re

from boathouse.rollout.checks.lexicon.lists import either

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
UNIT_OF_TIME = r"(?:second|sec|minute|min|hour|hr|day|week|month|quarter|year|yr|sprint|cycle)s?"
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"


_REFERENCES = either("""
rfc issue ticket pr mr adr epic jira page chapter section article room building gate flight route highway line
""")
_STAGES = either("""
    version release ver\\.? phase stage step tier level wave series part priority prio severity sev
    class type category grade option scope iteration milestone model form gen generation horizon batch
    cohort round volume episode season band zone group appendix annex figure
""")
_PRODUCTS = either("""
    python java angular vue react rails django node(?:\\.?js)? php ruby go kubernetes postgres(?:ql)?
    mysql windows macos ios android ubuntu debian spring swift kotlin bootstrap http tls usb wifi wi-fi
    bluetooth web industry office dynamics unity protocol beta alpha chrome firefox edge safari
    internet_explorer ie vision project operation apollo package formula team unit plan game book module table
    agenda creative studio
""")
_INDICES = either("fortune global ftse s&p forbes dax cac nikkei nasdaq russell inc\\.?")
_STANDARDS = either("""
    iso iec din en ieee nist pci ifrs gaap asc sox soc cmmi cis asil sil wcag ansi astm bs gmp haccp ich
    ias title paragraph
""")
_NAMES = either("""
    b2b2c b2b b2c d2c p2p m2m c2c [245]g 3d 2d 2fa covid-19 h2o co2e? mp[34] s3 ec2 k8s i18n l10n a11y
    w3c web3 o365 m365 utf-8 gpt-?\\d[\\w.]* sha-?\\d+ ipv[46] x86(?:_64)? arm64 64-?bit 32-?bit 4k 8k
""")
_POPULATION = either("""
    accounts? compan(?:y|ies) customers? enterprises? organi[sz]ations? orgs? clients? businesses sites?
    cities countries towns? users? employers? schools? hospitals? repos(?:itories)? deals groups?
    websites? firms? teams? publications? blogs? influencers? employees people women men children adults
    persons? residents districts?
""")
_MEMBERS = either(
    "users? employees seats? people members developers engineers inhabitants staff beds followers alexa"
)
_COMPARED = either("""
    over above under below more_than less_than fewer_than larger_than bigger_than smaller_than at_least
    up_to >=? <=?
""")
_SMALL = "(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)"
_LASTING = either("""
    rolling moving trailing old roadmap plan strategy programme program project period average forecast
    budget window retention vision outlook pilot trial
""")

# The order matters: longer readings first.
_PATTERNS = (
    ("reference", rf"(?<![\w#])#\d{{2,}}\b|\b[A-Z]{{2,10}}-\d{{2,}}\b|\b{_REFERENCES}\s?#?\d+\b(?!\s*%)"),
    ("date", rf"\b{_YEAR}-\d{{1,2}}(?:-\d{{1,2}})?\b|\b\d{{1,2}}[./]\d{{1,2}}[./](?:{_YEAR}|\d\d)\b"),
    (
        "date",
        rf"\b(?:{_DAY}\s+(?:of\s+)?)?{_MONTH}\.?\s+{_DAY}\b(?!\s*(?:%|[a-z]+s\b))(?:,?\s+{_YEAR})?"
        rf"|\b{_DAY}\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s+{_YEAR})?|\b{_MONTH}\.?,?\s+{_YEAR}\b",
    ),
    (
        "date",
        r"\b(?:q|h|fy|cy|cw|kw|w|wk|week|quarter|half|sprint|pi|semester|term|trimester|day|year|month)\s?-?"
        r"[1-9]\d{0,3}\b(?!\s*%)(?:\s?[/'-]?\s?(?:fy|q|')?\d{2,4}\b)?",
    ),
    (
        "date",
        r"\b(?:fy|cy)'?\s?\d{2}(?:\d\d)?(?:\s?[-/]?\s?[qh][1-4])?\b|\b\d{2,4}\s?[qh][1-4]\b"
        r"|\b[1-4][qh]\s?(?:\d\d)?\d\d\b|\b[1-4]q\b",
    ),
    ("date", r"\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|\b\d{1,2}:\d\d\b(?!\s*(?:ratio|per))"),
    (
        "date",
        rf"\bfrom\s{_YEAR}\s(?:to|until)\s{_YEAR}\b|(?<![$€£¥\d.,%])(?<!\bto\s)(?<!\bfrom\s)\b{_YEAR}(?:\s?[-/]\s?(?:{_YEAR}|\d\d))?\b"
        r"(?!\s*(?:%|percent|users?|customers?|[a-z]+s\b)|[,.]\d|\+)",
    ),
    ("date", r"\b(?:first|second|1st|2nd|next|last|other|this)\s+(?:half|quarter)\b"),
    ("date", r"\b\d{1,2}(?:st|nd|rd|th)\b(?!\s*percentile)|\b(?:19|20)\d0s\b"),
    (
        "version",
        rf"\bv\s?\d+(?:\.\d+)*(?:\.x)?\b|\b{_STAGES}s?\s?#?\d+(?:\.\d+)*"
        r"(?:\s?(?:,|/|-|&|and|or|to)\s?\d+(?:\.\d+)*)*\b(?!\s*(?:%|percent))",
    ),
    (
        "version",
        r"\b\d+\.\d+\.\d+(?:\.\d+)?\b|\b\d+\.\d+\s+(?:version|release|beta|alpha|launch|rc)\b|\b\d+\.x\b",
    ),
    ("version", rf"\b{_PRODUCTS}\s?/?\d+(?:\.\d+)*\b(?!\s*(?:%|percent|x\b|k\b|\+))"),
    (
        "name",
        rf"\b{_INDICES}\s?-?\d{{2,4}}\b|\bg(?:7|8|20)\b"
        rf"|\b{_STANDARDS}[\s/-]?\d[\d.:-]*(?:\s?type\s?[i1-2]+)?\b",
    ),
    (
        "name",
        r"\b24\s?[/x]\s?7(?:/365)?\b|\b360(?:[- ]?degrees?)?(?=[- ](?:feedback|review|view|survey|degree))"
        rf"|\b1\s?[:-]\s?(?:on-)?1s?\b|\bone[- ](?:on|to)[- ]ones?\b|\b{_NAMES}\b",
    ),
    ("name", r"(?<![A-Za-z\d$€£.])[A-Za-z]{1,6}\d{1,4}(?:\.\d+)*[A-Za-z]{0,4}\b(?<!x\d)(?!\s*[%])"),
    (
        "period",
        rf"\b(?:last|past|previous|prior|trailing|preceding|next|coming|following|rolling|first|final)\s+{_SMALL}"
        rf"[\s-]+(?:\w+\s+)?{UNIT_OF_TIME}(?:'s|')?\b|\b{_SMALL}[\s-]*(?:month|week|day|year)s?[\s-]+{_LASTING}\b",
    ),
    (
        "filter",
        rf"\b{_POPULATION}\s+(?:(?:that|who|which)\s+(?:have|has|are)\s+|with\s+|of\s+|having\s+)?{_COMPARED}\s*"
        rf"[$€£]?\s?\d[\d,.]*\s?(?:k|m|bn|million|thousand)?\+?(?:\s?(?:{_MEMBERS}|years?|mb|gb|arr|mrr)\b)?"
        r"(?=\s|[.,;)]|$)",
    ),
    (
        "filter",
        r"\b(?:with|of|having|for|from)\s+(?:(?:at least|more than|over|>)\s*)?\d[\d,.]*\s?[km]?\s?\+\s?"
        rf"(?:{_MEMBERS}|readers|subscribers|stars)\b(?!\s+(?:by|per|in|within))",
    ),
    (
        "filter",
        rf"\(\s?\d[\d,.]*\s?[km]?\s?(?:-\s?\d[\d,.]*\s?[km]?)?\+?\s{_MEMBERS}\b"
        rf"|\b(?:with|of|having)\s+\d[\d,.]*\s?(?:-|to)\s?\d[\d,.]*\+?\s{_MEMBERS}\b",
    ),
    (
        "filter",
        r"\(?\b\d[\d,.]*\s?[km]?\s?\+?[- ](?:user|employee|seat|person|people|member|developer|bed|node)\b"
        r"(?=\s*(?:,|\)|accounts?|compan|customers?|enterprises?|organi|teams?|businesses|multi))",
    ),
)
# Why a number is no target, and how such a number looks.
NO_TARGETS = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _PATTERNS)
