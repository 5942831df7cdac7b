"""Why a numeral of running text is not among its figures."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("书名号内的名称", "inside a title"),
    "document": ("文号或标准号", "number of a document or standard"),
    "term": ("固定用语或口号", "fixed term or slogan"),
    "period": ("规划期或时间跨度", "planning period or span of time"),
    "date": ("年份或日期", "year or date"),
    "ordinal": ("序数", "ordinal"),
    "heading": ("条目、图表或附件的编号", "number of a heading, table or annex"),
    "page": ("页码", "page number"),
    "base": ("比率的基数", "base of a rate"),
    "level": ("等级", "grade or level"),
    "indefinite": ("概数，没有确数", "indefinite number"),
    "code": ("型号或代号", "model or code"),
    "ratio": ("多项之比", "ratio of several parts"),
    "hotline": ("电话号码", "telephone number"),
    "article": ("泛指的“一”", "“one” as an article"),
    "unit": ("只是单位", "a unit only"),
    "unread": ("像数量，但读不懂", "looks like a quantity but cannot be read"),
    "bare": ("没有单位，也看不出是什么数", "no unit, and nothing says what it counts"),
}
