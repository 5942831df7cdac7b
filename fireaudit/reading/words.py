"""Words by which running text is taken apart: verbs that govern a figure, words of scope, words that end a noun phrase."""

from __future__ import annotations

import re


def _any(words: str) -> str:
    """A pattern for any of the words, the longest first; an entry may say in brackets what must not stand beside it."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


# Verbs that make a figure a flow and stay in its label: 新增市政消火栓.
FLOW = _any(
    "新增 新建 改建 扩建 增建 改扩建 改造 新购 新购置 购置 采购 新配 增配 增设 增加 减少 培训 投入 检查 督改 督促整改 整改 排查整治 排查 查处 破获 抓获 "
    "缴获 临时查封 查封 处罚 罚款 拘留 发放 抢救疏散 抢救 疏散 营救 挽回 接报 接警出动 接警 出动 处置 处理(?![率能设]) 接获 巡查 扑救 招录 招聘 新招 招收 淘汰 拆除 关停 约谈 曝光 "
    "挂牌整治 挂牌督办 挂牌 整治 检测 惠及 覆盖 发生 死亡 受伤 亡 伤 共建 升级 更新 储备 救助 转移 安置 化解 清理 修建 铺设 新设 下拨 拨付 追加 压减 "
)
# Verbs that only join a figure to its noun: 建成消防站40个 counts 消防站.
_JOINS = _any(
    "建成 建设 组建 配备 配置 配齐 设置 设立 建立 制定 制订 出台 完成 拥有 具备 签署 签订 获得 落实 实现 推行 推动 组织 开展 举办 发布 开通 现有 共有 "
    "尚有 还有 已有 实有 有 达到 提供 创建 打造 形成 印发 安排 筹集 争取 引进 引入 培育 培养 吸引 带动 服务 受理 办理 接受 接待 参与 参加 达 含 包括 "
    "涉及 涵盖 确定 明确 纳入 列入 编制 实施 承担 执行 实行 满足 按照 依托 围绕 升级为 召开 建有 设有 容纳 连续 "
)
# Verbs that may lead the first item of a list, besides those.
_LEADS = _any(
    "开设 联合(?!国) 会同 健全 完善 强化 加强 抓好 优化 构建 对照 创新建设 创新 深化 推广 发展 统筹 整合 聚焦 突出 做好 推进 探索 重点 着力 大力 全力 积极 "
    "围绕 结合 利用 运用 打好 促进 提升 巩固 落实好 用好 把握 坚持 保障 要 可 "
)
# Verbs that are hardly ever part of a noun: what follows the last of them is what is counted.
_GOVERNS = _any(
    "建成(?!区) 新增 (?<!创)新建 组建 配备 配齐 建立 拥有 具备 签署 签订 获得 落实 实现 完成 制定 制订 出台 购置 新购 新配 招录 现有 共有 达到 完善 "
    "推动 推进 聘请 发放 查处 查封 责令 罚款 拘留 投入 设置 设立 培养 增建 挽回 受理 推行 加强 强化 开展 举办 按照 围绕 对照 增配 安排 拨付 下达 用于 "
    "破获 抓获 缴获 侦破 查扣 "
)
# What may stand before the noun and says nothing of it: 全市, 累计, 其中 …
_SCOPE = _any(
    "全[市县区省国镇州港乡旗村院校系社] 全社会 本(?:部门|单位|年度|级) 我(?:局|部门) [我本该各][市县区省国镇州校院港处局署队] 其中 另外 另 还 也 已经 已 均 都 共计 共 总计 合计 累计 目前 现 迄今 至今 当前 "
    "每年 每季度 每月 每周 年均 规划(?=占地|总|建筑|用地|投资) 各自 各级 各类 各 分别 同时 此外 并且 并 且 以及 和 及 与 或 将 力争 确保 争取 计划 "
    "预计 拟 要 应当 应 须 需 必须 可 能够 能 在(?![编岗建线校]) 对(?![照外接口标比]) 把(?![握关]) 由 为 是 到(?![场位岗达户期]) 至 从 使 "
    "使得 以 按 若干 超过 约(?![谈束定见]) 不少于 至少 用于 就 仅 还发生 相继 先后 成功 圆满 全面 全年 上半年 下半年 当年 期间 时期 以来 年末 年底 "
    "期末 末 底 前 初步统计 "
)
# What may stand between the noun and its figure: 达到, 为, 共 …
_STATES = _any(
    "年均 达到了? 达 提高[到至]? 提升[到至]? 扩大[到至]? 上升[到至]? 增长[到至]? 增加[到至]? 下降[到至]? 降低[到至]? 减少[到至]? 缩短[到至]? 缩小[到至]? 收窄[到至]? 回落[到至]? 调整[到至为]? 完成 约?占 安排 控制 保持 稳定 (?<![得签迟])到 至 "
    "(?<![行作认])为 是 (?<![所拥])有 共计 (?<!公)共 合计 累计 总计 (?<![节预签制条])约 超过 突破 仅 平均 均 分别 就 了 "
    "(?<![反响供相])应 须 需 (?<![存所])在 不少于 不低于 不超过 实现 由 从 : 同比 环比 "
)
# Words that end the noun phrase behind a figure: 网格员|常态化开展巡查.
_PREDICATE = _any(
    "达到 完成 落实 开展 签署 签订 实现 参与 参加 观看 打卡 进行 常态化 位居 居 接受 获得 获 组成 建立 建设 建成 配备 配置 通过 用于 纳入 列入 投入 实施 "
    "全部 全面 分别 均 已 都 被 占 为 是 有 将 按 向 从 并 且 因 由 或 以及 使 需 须 能够 可供 达 的 制定 制订 完善 提供 承担 组织 举办 上线 投产 "
    "完工 竣工 受益 参训 派驻 每[天日年月周] 分步 逐步 同步 正在 以上 以下 "
)

_FIVE = "[〇零一二三四五六七八九十]{1,3}"
_LEFT = re.compile(
    rf"{_SCOPE}|(?:到|至|截至|截止)?(?:19|20|21)[0-9]{{2}}(?:[-—~至到](?:19|20|21)[0-9]{{2}})?年度?(?:[0-9]{{1,2}}月)?[底末初]?(?:之?以?前)?|(?:民国[0-9]{{2,3}}|1[0-4][0-9])年度?[底末初]?|(?:19|20|21)[0-9]{{2}}[-/–][0-9]{{2}}(?:年度?)?|(?:按?可比|同)口径"
    rf"|[、，,;:。的了\s—\-·•●○◆■▲★※①-⑳]|但是?|(?:最近|近|过去|未来|今后)[0-9一二三四五六七八九十两]{{1,3}}(?:年|个月)(?:来|内|间)?"
    rf"|{_FIVE}、|“{_FIVE}五”(?:规划|时期|期间|以来|期末|末)?"
)
_RIGHT = re.compile(
    rf"(?:{_STATES}|全[市县区省国镇州港]|不[应得]?|[增升减降]至?|[比较](?:[0-9]{{4}}年|上年|去年|同期|“{_FIVE}五”).{{0,6}}"
    r"|\(?(?:19|20|21)[0-9]{2}年[底末]?的?|[、，,;\s])$"
)
_FLOW_START = re.compile(FLOW)
_FLOW_END = re.compile(f"({FLOW})(?:了|各类|各|一|共)?$")
_VERB_END = re.compile(
    f"(?:{FLOW}|{_JOINS}|{_LEADS}|[为是给到向与和至对超需按以用成出加设购增配装招聘育办派含]|(?<![改扩新增共])建)(?:了|各类|各|一个|共|共计)?$"
)
_GOVERNING = re.compile(f"{_GOVERNS}(?![率数量费额度点站员队比者类])(?=..)")
_JOINING = re.compile(f"{_JOINS}(?!单位|人[数员]|对象|[率数量费额度点站员队体制中区])|[设建有](?=[有好设]?[〇一二三四五六七八九十0-9])")
_LEADING = re.compile(_LEADS)
_COUNTED_FLOW = re.compile(f"(?:共计?|累计|总共|合计|已|均)(?={FLOW})")
_OF_ALL_KINDS = re.compile(f"^({FLOW})(?:各[类级种]|了)")
_NOUN_END = re.compile(f"[，。;:!?\n)]|{_PREDICATE}|“(?=[^”]{{1,24}}”(?:标准|要求))")
_BRACKETED = re.compile(r"\([^()]{0,40}\)|“[^“”]{1,24}”(?!标准|要求)")
_OF_SIZE = re.compile("^(?:组成|规模|以上规模)?的")


def trimmed_left(text: str) -> str:
    """Without what only says where, when or how: 全市累计新增消火栓 → 新增消火栓."""
    while match := _LEFT.match(text):
        text = text[match.end() :]
    return text


def trimmed_right(text: str) -> str:
    """Without what joins a noun to its figure: 完好率均达到 → 完好率."""
    while match := _RIGHT.search(text):
        text = text[: match.start()]
    return text


def ends_in_verb(text: str) -> bool:
    return _VERB_END.search(text) is not None


def without_verb(text: str) -> str:
    """Without a verb at its end, and what governs it: 推动社区建成 → 推动社区."""
    match = _VERB_END.search(text)
    return text[: match.start()] if match else text


def flow_at_start(label: str) -> str:
    """The flow verb that a label begins with and governs the rest of, or nothing."""
    match = _FLOW_START.match(label)
    return match[0] if match and len(match[0]) >= 2 and match.end() < len(label) else ""


def flow_at_end(text: str) -> str:
    """The verb in front of a figure that stays in its label, or nothing."""
    match = _FLOW_END.search(text)
    return match[1] if match else ""


def object_of(text: str) -> str:
    """What the last governing verb of a clause governs, a flow verb kept: 推动社区建成微型消防站 → 微型消防站."""
    cut = 0
    for match in _GOVERNING.finditer(text):
        cut = match.start() if _FLOW_START.fullmatch(match[0]) else match.end()
    for match in _COUNTED_FLOW.finditer(text):
        cut = max(cut, match.end())
    return _OF_ALL_KINDS.sub(r"\1", _without(_JOINING, trimmed_left(text[cut:])))


def item_of(text: str) -> str:
    """The first item of a list without the verb that governs the list: 健全市 → 市."""
    text = object_of(text)
    while (shorter := object_of(_without(_LEADING, text))) != text:
        text = shorter
    return text


def _without(lead: re.Pattern[str], text: str) -> str:
    while (match := lead.match(text)) and match.end() < len(text):
        text = trimmed_left(text[match.end() :]) or text[match.end() :]
    return text


def noun_at_start(text: str) -> str:
    """The noun phrase that ``text`` begins with: 网格员常态化开展巡查 → 网格员; what stands in brackets ends nothing."""
    text = _OF_SIZE.sub("", text)
    match = _NOUN_END.search(_BRACKETED.sub(lambda inner: "□" * len(inner[0]), text), 1)
    if match is None:
        return text.rstrip("、和及与 ")
    if match[0] == "的" and match.start() >= 3 and (head := noun_at_start(text[match.end() :])):
        return head
    return text[: match.start()].rstrip("、和及与 ")
