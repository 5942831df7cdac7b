"""Why a document is not read: what is wrong with it, and what to do."""

WORDS: dict[str, tuple[str, str]] = {
    "not_text": ("不是文本文件，也不是能识别的文档格式", "is neither text nor a document format that is known"),
    "unknown_format": (
        "认不出这种文件；可读的有 .docx、.pdf、.html、.xlsx、.csv、.txt，装有 LibreOffice 时还有 .doc、.wps",
        "is of no format that can be read; these can: .docx, .pdf, .html, .xlsx, .csv, .txt, and with LibreOffice .doc and .wps",
    ),
    "empty": ("文件是空的", "is empty"),
    "too_many_bytes": ("超过 {limit} 个字节，没有读；请拆成几份再读", "has more than {limit} bytes and was not read; split it into several files"),
    "too_many_members": ("超过 {limit} 个压缩条目，没有读；请拆成几份再读", "has more than {limit} zip entries and was not read; split it into several files"),
    "too_many_nodes": (
        "超过 {limit} 个标记，没有读；请拆成几份再读",
        "has more than {limit} tags and attributes and was not read; split it into several files",
    ),
    "too_many_attributes": (
        "有一个标签的属性超过 {limit} 个，没有读；请检查文件是否损坏",
        "has a tag with more than {limit} attributes and was not read; see whether the file is damaged",
    ),
    "too_many_positions": (
        "表格过于稀疏，连同空格超过 {limit} 格，没有读；请拆成几份再读",
        "has sparse tables of more than {limit} positions, blank ones included, and was not read; split it into several files",
    ),
    "too_many_depth": ("超过 {limit} 层嵌套，没有读；请拆成几份再读", "has more than {limit} levels of nesting and was not read; split it into several files"),
    "too_many_pages": ("超过 {limit} 页，没有读；请拆成几份再读", "has more than {limit} pages and was not read; split it into several files"),
    "too_many_lines": ("超过 {limit} 行，没有读；请拆成几份再读", "has more than {limit} lines and was not read; split it into several files"),
    "too_many_paragraphs": ("超过 {limit} 个段落，没有读；请拆成几份再读", "has more than {limit} paragraphs and was not read; split it into several files"),
    "too_many_cells": ("超过 {limit} 个单元格，没有读；请拆成几份再读", "has more than {limit} table cells and was not read; split it into several files"),
    "too_many_characters": ("超过 {limit} 个字，没有读；请拆成几份再读", "has more than {limit} characters and was not read; split it into several files"),
    "too_many_crossings": (
        "画有过多相交的线条（超过 {limit} 处），没有读；请拆成几份再读",
        "has too many lines drawn across each other (more than {limit} places) and was not read; split it into several files",
    ),
    "too_many_marks": (
        "超过 {limit} 个字符与线条，没有读；请拆成几份再读",
        "has more than {limit} characters and lines and was not read; split it into several files",
    ),
    "bomb": ("压缩包展开后大得反常，没有读", "unpacks to far more than a document holds, and was not read"),
    "damaged": ("文件不完整或已损坏（{part}）；请重新下载或另存一份", "is cut short or damaged ({part}); fetch or save it again"),
    "encrypted": ("文件有密码保护；请先去掉密码再读", "is protected by a password; remove it first"),
    "macros": ("文件带有宏，不读；请另存为不含宏的 {suffix}", "carries macros and is not read; save it as {suffix} without macros"),
    "entities": ("{part} 里有 DTD 或实体声明，不读", "{part} declares a DTD or entities, and is not read"),
    "no_library": (
        "读这种文件需要 {library}；请运行 pip install 'fireaudit[documents]'",
        "needs {library} to be read; run pip install 'fireaudit[documents]'",
    ),
    "no_office": (
        "读 .doc、.wps 需要 LibreOffice（soffice），这台机器上没有；请安装，或在 Word、WPS 里另存为 .docx",
        ".doc and .wps need LibreOffice (soffice), which is not installed; install it, or save the file as .docx",
    ),
    "office_failed": ("LibreOffice 没能转换这个文件；请在 Word、WPS 里另存为 .docx", "LibreOffice could not convert it; save the file as .docx"),
    "timeout": ("{seconds} 秒内没有读完，已放弃", "was not read within {seconds} seconds and was given up"),
    "exhausted": (
        "读这份 PDF 用尽了时间或内存，已放弃；请在阅读器里打印成新的 PDF 再试",
        "took more time or memory than allowed and was given up; print it to a new PDF and try again",
    ),
    "no_text": ("PDF 没有文字层（多半是扫描件）；请先做文字识别", "has no text layer, it may be a scan; run text recognition first"),
}
