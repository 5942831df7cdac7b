"""What a schema asks for, in words: ``…“x”`` and then what it should be."""

WORDS: dict[str, tuple[str, str]] = {
    "type": ("应为{wanted}", "should be {wanted}"), "enum": ("只能是 {wanted} 之一", "should be one of {wanted}"), "const": ("只能是 {wanted}", "should be {wanted}"),
    "minLength": ("至少要有 {wanted} 个字", "should have at least {wanted} character(s)"), "maxLength": ("最多 {wanted} 个字", "should have at most {wanted} characters"),
    "minItems": ("至少要有 {wanted} 项", "should have at least {wanted} item(s)"), "maxItems": ("最多 {wanted} 项", "should have at most {wanted} items"),
    "minProperties": ("至少要写 {wanted} 个键", "should have at least {wanted} key(s)"), "maxProperties": ("最多写 {wanted} 个键", "should have at most {wanted} keys"),
    "minimum": ("不能小于 {wanted}", "should be at least {wanted}"), "maximum": ("不能大于 {wanted}", "should be at most {wanted}"),
    "years": ("应为年份或起止年份，如 2021、2021-2025", "should be a year or two, as 2021 or 2021-2025"),
    "year_or_baseline": ("应为四位年份或 baseline", "should be a year of four digits, or baseline"),
    "code": ("应为规则编号或类别，如 FA301、FA3", "should be the code of a rule or a family, as FA301 or FA3"),
    "fingerprint": ("应为 16 位指纹，由 --format json 列出", "should be a fingerprint of 16 characters, as --format json lists it"),
    "text": ("不能为空", "should not be empty"), "date": ("应为日期，如 2026-12-31", "should be a date, as 2026-12-31"),
    "says": ("应写作“印出≠应为”，如 16≠15", "should be printed≠computed, as 16≠15"),
    "other": ("不合格式（{wanted}）", "does not fit ({wanted})"),
    "type_string": ("文字", "text"), "type_integer": ("整数", "a whole number"), "type_number": ("数", "a number"), "type_boolean": ("true 或 false", "true or false"),
    "type_array": ("列表", "a list"), "type_object": ("键值表", "a mapping of keys"), "type_null": ("空值", "nothing"),
    "or": ("或", " or "), "item": ("{where} 第 {number} 项", "{where} item {number}"), "top": ("文件顶层", "the top level"),
}  # fmt: skip
