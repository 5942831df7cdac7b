"""One invented document written in every format that is read, and small packages for tests to damage."""

from __future__ import annotations

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"

# What every format must give. A merged cell is (text, rows, columns).
PROSE = (
    "“十四五”期间，全市计划新建消防救援站3座，改建2座，新增市政消火栓1919个，更新消防车15辆，基本建成覆盖城乡、响应迅速的消防救援力量体系，"
    "让群众的安全感更加充实、更有保障、更可持续。"
)
TABLE: list[list[object]] = [
    [("序号", 2, 1), ("镇街", 2, 1), ("新建消防站（座）", 1, 2), ("备注", 2, 1)],
    ["2023年", "2025年"],
    ["1", "东城街道", "1", "1", ""],
    ["2", "西山镇", "0", "1", "改建2座"],
    ["合计", "", "1", "2", ""],
]
NOTE = "含小型站，不含微型站。"
BLOCKS: list[object] = [
    "第一章 主要任务",
    "第一节 救援力量",
    "一、 加快站点建设",
    PROSE,
    "二、 补齐水源短板",
    "到2025年，市政消火栓完好率不低于95%。",
    "各镇街建设任务表",
    TABLE,
    "第二节 保障措施",
    "加强督导，确保规划落地见效。",
]


def package(parts: dict[str, str | bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    lines = (f'<Relationship Id="rId{i}" Type="{R}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="{_RELS}">{"".join(lines)}</Relationships>'


def docx(body: str, parts: dict[str, str | bytes] | None = None, namespace: str = W, related: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A Word file with this body; further parts go into the folder word."""
    document = f'<w:document xmlns:w="{namespace}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    return package(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations(*related),
            **{f"word/{name}": content for name, content in (parts or {}).items()},
        }
    )


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"), ("footnotes", "footnotes"))
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def p(text: str, properties: str = "", after: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}{after}</w:p>"


def tc(content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="1800" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def tbl(*rows: str) -> str:
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = '<w:gridCol w:w="1800"/>' * 5
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    )


STYLES = f"""<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Serif CJK SC" w:eastAsia="Noto Serif CJK SC"/>
<w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2own"><w:name w:val="节"/><w:basedOn w:val="2"/></w:style></w:styles>"""


def _lvl(level: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:suff w:val="space"/><w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>
{_lvl(0, "chineseCounting", "第%1章", '<w:pStyle w:val="1"/>')}{_lvl(1, "chineseCounting", "第%2节", '<w:pStyle w:val="2"/>')}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{_lvl(0, "chineseCounting", "%1、")}{_lvl(1, "decimal", "%2.")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""
FOOTNOTES = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>"""
LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'


def word_document() -> bytes:
    reference = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(
        tc(p("序号"), restart) + tc(p("镇街"), restart) + tc(p("新建消防站（座）"), '<w:gridSpan w:val="2"/>') + tc(p("备注"), restart),
        tc(p(""), go_on) + tc(p(""), go_on) + tc(p("2023年")) + tc(p("2025年")) + tc(p(""), go_on),
        "".join(tc(p(text)) for text in ("1", "东城街道", "1", "1", "")),
        "".join(tc(p(text)) for text in ("2", "西山镇", "0", "1", "改建2座")),
        "".join(tc(p(text)) for text in ("合计", "", "1", "2", "")),
    )
    indent = '<w:ind w:firstLine="480"/>'
    body = (
        p("主要任务", '<w:pStyle w:val="1"/>')
        + p("救援力量", '<w:pStyle w:val="2own"/>')
        + p("加快站点建设", LIST)
        + p(PROSE, indent, reference)
        + p("补齐水源短板", LIST)
        + p("到2025年，市政消火栓完好率不低于95%。", indent)
        + p("各镇街建设任务表")
        + table
        + p("保障措施", '<w:pStyle w:val="2"/>')
        + p("加强督导，确保规划落地见效。", indent)
    )
    parts: dict[str, str | bytes] = {"styles.xml": STYLES, "numbering.xml": NUMBERING, "footnotes.xml": FOOTNOTES}
    return docx(body, parts, related=(("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")))


def text_document() -> bytes:
    lines = ["第一章 主要任务", "", "第一节 救援力量", "", "一、 加快站点建设", f"{PROSE}[footnoteRef:1] [1: {NOTE}] ", "二、 补齐水源短板"]
    lines += ["到2025年，市政消火栓完好率不低于95%。", "各镇街建设任务表"]
    rows = [
        ["序号", "镇街", "新建消防站（座）", "备注"],
        ["", "", "2023年", "2025年", ""],
        ["1", "东城街道", "1", "1", ""],
        ["2", "西山镇", "0", "1", "改建2座"],
    ]
    for row in [*rows, ["合计", "", "1", "2", ""]]:
        lines += [f"\t{text}" for text in row] + [""]
    return "\n".join([*lines, "", "第二节 保障措施", "", "加强督导，确保规划落地见效。", ""]).encode()


def html_table() -> str:
    rows = []
    for row in TABLE:
        cells = (cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row)
        rows.append("".join(f'<td rowspan="{high}" colspan="{wide}"><p>{text}</p></td>' for text, high, wide in cells))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def html_document() -> bytes:
    reference, back = '<sup><a id="r1" href="#n1">1</a></sup>', '<a href="#r1">1</a> '
    body = (
        f"<h1>第一章 主要任务</h1><h2>第一节 救援力量</h2><p>一、 加快站点建设</p><p>　　{PROSE}{reference}</p><p>二、 补齐水源短板<br>　　到2025年，市政消火栓完好率不低于95%。</p>"
        f"<div>各镇街建设任务表{html_table()}</div><h2>第二节 保障措施</h2><p>　　加强督导，<br>确保规划落地见效。</p><div id=n1>{back}{NOTE}</div>"
    )
    return f'<html><head><meta charset="gbk"><title>规划</title></head><body><div class="nav">首页</div>{body}</body></html>'.encode("gb18030")
