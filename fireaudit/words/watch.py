"""Words of ``check --watch``."""

WORDS: dict[str, tuple[str, str]] = {
    "stdin": ("--watch 不能用于标准输入；请给出规划文件或文件夹", "--watch does not work on stdin; name plan files or folders"),
    "machine": (
        "--watch 在屏幕上只显示 text 或 concise；{format} 请写入文件：--output {format}:文件",
        "--watch shows text or concise only; write {format} to a file: --output {format}:FILE",
    ),
    "waiting": ("{time} 等待改动，文件一变就重新审核；按 Ctrl-C 结束", "{time} waiting for changes; Ctrl-C ends"),
    "ended": ("已停止监看", "no longer watching"),
}
