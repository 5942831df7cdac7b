"""Words of ``fireaudit verify``."""

WORDS: dict[str, tuple[str, str]] = {
    "summary": ("规划文件的 {claimed} 个数，{found} 个与文档相符；文档中认出 {printed} 个数", "{found} of the plan's {claimed} figures are as the document prints them; {printed} figures were recognised in it"),
    "open": ("；另有 {open} 个没有核对", "; {open} were not looked for"),
    "no_source": ("--source 要指明文档；{path} 是规划文件", "--source wants a document; {path} is a plan file"),
    "no_plan": ("要核对的应是规划文件；{path} 是文档", "what is verified is a plan file; {path} is a document"),
}  # fmt: skip
