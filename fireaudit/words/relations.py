"""The readings under which figures of a text that break what it states of them could all be true; {at} is where it states it."""

WORDS: dict[str, tuple[str, str]] = {
    "sum": ("{at}：除非各项有重叠，或合计另含未列之数", "{at}: unless items overlap, or the total holds more than is listed"),
    "parts": ("{at}：除非各项有重叠，或未列全", "{at}: unless items overlap, or not all are listed"),
    "part": ("{at}：除非各项有重叠，或“其中”所指另有其数", "{at}: unless items overlap, or they are part of another figure"),
    "change": ("{at}：除非前后口径不同", "{at}: unless the two figures are of different scope"),
    "growth": ("{at}：除非按可比价格或另一基数计算", "{at}: unless it is worked out in other prices or from another base"),
    "share": ("{at}：除非另有分母", "{at}: unless it is a share of another whole"),
    "nearly": ("{one}与{other}：除非两处口径不同", "{one} and {other}: unless the two are of different scope"),
    "average": ("{at}：除非按另一期间平均", "{at}: unless it is an average over another span"),
    "restated": ("{at}：除非两数所指不同", "{at}: unless the two figures are not the same thing"),
}
