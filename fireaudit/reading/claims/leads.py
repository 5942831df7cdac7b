"""The words by which a text leads up to a total, and to the parts of a whole."""

from __future__ import annotations

import re

_FLOW = "新增|新建|建设|建成|改建|扩建|改造|更新|整治|治理|完成|投资|安排|投入|培训|检查|处置|配备|购置|铺设|发放|开展|办理|受理|查处|扑救|发生|接报|招录|新购"
TOTAL = re.compile(
    r"(?:^|[，,;、:。(]|\bor )\s*(?:以上|上述|前述|(?P<these>[两三四五六七八九十])(?:者|项|类|家|期|个部门|个单位|类问题|类项目|个地区)|各项|(?P<span>[两三四五六七八九十])年|(?P<year>全年)|期内)*(?:规划|计划)?"
    r"(?P<word>共计|合计|合共|总计|总共|一共|累计|共(?![同用享有])|共有|总数|总量|总规模|总长度?|总投资|总面积|总人数|总额)(?:为|约为?|达到?|有|计|是|将)?"
    rf"(?P<noun>(?:{_FLOW})?[^，。;:、\ue000-\ue003]{{0,10}})$"
    r"|[，,;](?P<of>收入|支出|资金|投资|经费|人数|面积|里程)(?:总计|合计|共计|总量)(?:为|达到?)?$"
    r"|(?:^|[,;(]|\band|\bor|\bfor|\bgiving|\bmaking) ?(?:a |an |the )?(?P<english>(?:grand |combined |overall )?total(?:l?ing|l?ed)?(?: of| to)?|altogether|together|in all|in total) $"
)
OF_WHICH = re.compile(
    r"(?P<of>其中(?P<colon>:)?[，,]?)|(?P<like>包括|包含|涵盖|(?<![0-9])含(?:有)?)|(?P<split>分别(?:为|是|有|$)|分为|分成)|[，,]?(?P<composed>由)(?=[^由，。;]{0,12}$)"
    r"|(?P<by>(?:按|分)[^，。;:、]{2,10}?(?:统计|分类?|看|划分)[，,:])|(?P<used>(?:主要)?用于[^，。;:]{0,8}:)"
    r"|\b(?P<which>[Oo]f (?:which|whom|these|them)|amongst? (?:which|whom|them))\b|\b(?P<including>including|includes?)\b"
    r"|\b(?P<made>compris(?:ing|ed of|es?)|made up of|consist(?:s|ing)? of|divided into|namely|split between)\b"
)
TAKEN_OFF = re.compile(
    r"\b(?:savings?|reductions?|deductions?|increases?|decreases?|transfers|cuts|less|minus|net of)(?: (?:of|in))?(?: [a-z]+){0,3} ?[^\w ]?$", re.IGNORECASE
)
"""What is no part of a sum, but moves it."""
