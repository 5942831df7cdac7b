"""A text as the grammar of figures sees it: ASCII digits, simplified characters, no space beside a Chinese character.

Every character remembers where it came from, so what is found is told in places of the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# The words the grammar and the reading of prose know, in traditional characters. Not a converter of documents.
_TRADITIONAL = (
    "约約 过過 于於 点點 余餘 减減 长長 达達 内內 个個 万萬 亿億 辆輛 户戶 栋棟 处處 项項 类類 种種 条條 "
    "台臺 间間 层層 级級 场場 组組 张張 册冊 单單 颗顆 盏盞 顶頂 门門 头頭 对對 双雙 车車 轮輪 届屆 岁歲 "
    "网網 学學 区區 县縣 乡鄉 镇鎮 亩畝 数數 总總 计計 连連 续續 实實 现現 为為 与與 从從 较較 确確 争爭 "
    "务務 设設 备備 员員 队隊 经經 费費 资資 财財 产產 损損 伤傷 灾災 发發 检檢 购購 训訓 练練 导導 责責 "
    "险險 预預 规規 划劃 满滿 缩縮 压壓 调調 将將 称稱 积積 极極 围圍 环環 节節 领領 体體 业業 线線 纲綱 "
    "标標 准準 应應 该該 医醫 疗療 护護 关關 开開 创創 办辦 举舉 认認 证證 还還 进進 适適 选選 运運 输輸 "
    "转轉 换換 时時 钟鐘 历歷 楼樓 阶階 优優 劳勞 动動 响響 书書 罚罰 扑撲 抢搶 报報 挥揮 职職 兴興 写寫 "
    "录錄 织織 结結 给給 维維 终終 统統 继繼 绩績 编編 营營 补補 装裝 见見 观觀 览覽 触觸 讨討 议議 讲講 "
    "论論 访訪 评評 识識 词詞 试試 话話 询詢 详詳 语語 误誤 说說 请請 谋謀 谓謂 质質 贯貫 违違 远遠 邮郵 "
    "邻鄰 释釋 钱錢 银銀 键鍵 问問 闻聞 际際 陆陸 随隨 隐隱 题題 风風 飞飛 馆館 驻駐 驾駕 验驗 龄齡 众眾 "
    "众衆 两兩 贰貳 参參 并並 仅僅 历曆 汇匯 农農 独獨 军軍 团團 图圖 国國 声聲 坏壞 块塊 亩畆 厂廠 广廣 "
    "东東 协協 据據 择擇 杂雜 权權 栏欄 树樹 桥橋 汉漢 济濟 测測 涨漲 湾灣 热熱 电電 盖蓋 监監 础礎 离離 "
    "稳穩 穷窮 竞競 笔筆 简簡 粮糧 纪紀 药藥 虽雖 衔銜 贫貧 迁遷 这這 递遞 采採 锁鎖 难難 须須 顺順 顿頓 "
    "颁頒 频頻 额額 净淨 强強 户戸 刚剛 别別 剂劑 剧劇 劲勁 励勵 势勢 华華 卫衛 厅廳 叶葉 号號 后後 启啟 "
    "启啓 喷噴 够夠 夹夾 奖獎 妇婦 宁寧 宝寶 审審 宽寬 宾賓 寻尋 岗崗 岛島 帮幫 带帶 庄莊 库庫 异異 弃棄 "
    "当當 径徑 态態 怀懷 恶惡 惊驚 愿願 惯慣 执執 扩擴 担擔 拟擬 拥擁 挂掛 断斷 无無 旧舊 昼晝 显顯 晓曉 "
    "暂暫 术術 机機 来來 构構 枪槍 档檔 欧歐 残殘 气氣 决決 沟溝 没沒 泽澤 浅淺 浓濃 涌湧 润潤 渐漸 渔漁 "
    "湿濕 滞滯 灭滅 灯燈 炼煉 烟煙 烧燒 爱愛 献獻 皱皺 盐鹽 盘盤 码碼 礼禮 窑窯 紧緊 红紅 细細 绑綁 绕繞 "
    "络絡 绿綠 缓緩 缴繳 罗羅 罢罷 联聯 肃肅 胜勝 脑腦 脚腳 苏蘇 获獲 蓝藍 虑慮 视視 誉譽 订訂 记記 诉訴 "
    "谁誰 负負 贡貢 败敗 货貨 贴貼 贺賀 贸貿 赁賃 赔賠 赖賴 赛賽 赞贊 赶趕 跃躍 轨軌 软軟 轻輕 载載 辅輔 "
    "辖轄 边邊 迟遲 郑鄭 酱醬 钢鋼 铁鐵 铺鋪 链鏈 锂鋰 镜鏡 闭閉 闲閒 阅閱 阔闊 阳陽 阴陰 阵陣 雾霧 静靜 "
    "页頁 币幣 镑鎊 圆圓 顷頃 顾顧 饮飲 饭飯 馈饋 鱼魚 鸟鳥 龙龍 "
    "丑醜 专專 严嚴 临臨 为爲 么麼 义義 买買 了瞭 仓倉 价價 会會 传傳 侦偵 侧側 债債 偿償 储儲 儿兒 克剋 党黨 养養 况況 几幾 凭憑 击擊 则則 删刪 制製 升昇 占佔 卫衞 厘釐 "
    "叁叄 参蔘 发髮 变變 叠疊 只祇 只隻 合閤 向嚮 吨噸 周賙 周週 回迴 园園 坚堅 复復 复複 宁甯 它牠 家傢 尽儘 尽盡 属屬 峰峯 巩鞏 布佈 帐帳 并併 床牀 废廢 弹彈 归歸 征徵 "
    "念唸 恒恆 战戰 才纔 托託 扣釦 扫掃 折摺 拨撥 挽輓 摄攝 摇搖 板闆 样樣 核覈 桩樁 汇彙 泛氾 泛汎 注註 涝澇 温溫 游遊 湿溼 炼鍊 牵牽 状狀 硕碩 税稅 筑築 筛篩 筹籌 签簽 "
    "系係 系繫 纬緯 纳納 纹紋 绌絀 缮繕 群羣 背揹 腾騰 致緻 舍捨 范範 药葯 获穫 表錶 觉覺 许許 证証 说説 读讀 课課 谈談 谐諧 谷穀 账賬 赞讚 辑輯 遗遺 里裏 里裡 钉釘 钟鍾 "
    "链鍊 销銷 错錯 锚錨 闲閑 阅閲 陈陳 面麪 面麵 须鬚 颠顛 骤驟 黄黃 齐齊 "
)
SIMPLE = {ord(pair[1]): pair[0] for pair in _TRADITIONAL.split()}
_SQUARED = {"㎡": "m2", "㎥": "m3", "㎞": "km", "㎏": "kg", "％": "%", "﹪": "%", "∶": ":", "￡": "£"}
_RAISED = {"²": "2", "³": "3"}

_GROUPED = re.compile("(?<![0-9.,第表图年月])[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})++(?P<unit>[\u4e00-\u9fff%‰])?")
"""A number with spaces between its thousands; in front of its unit only, so that figures side by side stay apart."""


@dataclass(frozen=True, slots=True)
class Plain:
    """``places[i]`` is where the i-th character of ``text`` stands in ``printed``."""

    printed: str
    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of ``text`` as a stretch of the printed text."""
        if start >= end:
            place = self.places[start] if start < len(self.places) else len(self.printed)
            return place, place
        return self.places[start], self.places[end - 1] + 1

    def as_printed(self, start: int, end: int) -> str:
        """What is printed there, without the spaces the plain text leaves out."""
        kept = sorted(set(self.places[start:end]))
        return "".join(self.printed[place] for place in kept)


_WIDE = [chr(code) for code in range(0xFF01, 0xFF5F) if chr(code) != "，"]
"""Full-width forms are folded, but for the comma: it parts figures (分别为120，130), while an ASCII one may part thousands."""

_FOLDED = SIMPLE | {ord(char): unicodedata.normalize("NFKC", char) for char in (*_WIDE, *"\u3000\u00a0\u2002\u2003\u2009\u202f")}
_FOLDED |= {ord(char): plain for char, plain in _SQUARED.items() if len(plain) == 1}
_HAN = r"[\u3400-\u9fff\u3001-\u301f“”‘’—…·，]"
_SHIFTED = re.compile(rf"[㎡㎥㎞㎏²³]|[^\S ]|\s\s|\A\s|\s\Z|{_HAN}\s|\s{_HAN}")
"""What makes a plain text another length than the printed one: few paragraphs have it, and the others need no second look."""


def plain_of(printed: str) -> Plain:
    folded = printed.translate(_FOLDED)
    if _SHIFTED.search(folded) is None and next(_grouped(printed), None) is None:
        return Plain(printed, folded, range(len(printed)))
    return _shifted(printed)


def _grouped(printed: str) -> Iterator[re.Match[str]]:
    return (match for match in _GROUPED.finditer(printed) if match["unit"])


def _shifted(printed: str) -> Plain:
    """A circled digit, a fraction or a ligature stays what it is."""
    pieces: list[str] = []
    places: list[int] = []
    for place, char in enumerate(printed):
        if char.isascii():
            plain = char
        elif char in _RAISED:
            plain = _RAISED[char] if pieces and pieces[-1] == "m" else char
        else:
            plain = _SQUARED.get(char) or char.translate(_FOLDED)
        for piece in plain:
            pieces.append(piece)
            places.append(place)
    return _without_spaces(printed, pieces, places)


def _without_spaces(printed: str, pieces: list[str], places: list[int]) -> Plain:
    """A space beside a Chinese character, and a line broken inside a sentence, says nothing."""
    text: list[str] = []
    kept: list[int] = []
    count = len(pieces)
    grouping = {place for match in _grouped(printed) for place in range(match.start(), match.start("unit")) if not printed[place].isdigit()}
    after = [""] * (count + 1)
    for i in range(count - 1, -1, -1):
        after[i] = after[i + 1] if pieces[i].isspace() else pieces[i]
    for i, char in enumerate(pieces):
        if char.isspace():
            before, next_ = text[-1] if text else "", after[i]
            if places[i] in grouping:
                continue
            if char == "\n" and before and before in "。;:!?":
                char = "\n"
            elif not before or not next_ or before.isspace() or is_han(before) or is_han(next_):
                continue
            else:
                char = " "
        text.append(char)
        kept.append(places[i])
    return Plain(printed, "".join(text), tuple(kept))


def is_han(char: str) -> bool:
    """A Chinese character or a mark of Chinese punctuation (full-width marks are folded to ASCII before)."""
    return "\u3400" <= char <= "\u9fff" or "\u3001" <= char <= "\u301f" or char in "“”‘’—…·，"
