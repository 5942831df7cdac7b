"""What Typer itself says, in Chinese: the head words of the help and the errors of a call."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from fireaudit.cli.language import ENGLISH

_HELP = [
    (r"^Usage: ", "用法："),
    (r"^Arguments:$", "参数："),
    (r"^Options:$", "选项："),
    (r"^Commands:$", "命令："),
    (r"Show this message and exit\.", "显示这份帮助"),
    (r"Install completion for the current shell\.", "为当前 shell 安装补全"),
    (r"Show completion for the current shell, to copy it or\s+customize the installation\.", "打印当前 shell 的补全脚本"),
    (r"\[required\]", "[必写]"),
    (r"\[default:\s", "[默认 "),
]
_ERRORS = [
    (r"Missing argument '(.+)'\.", r"缺少参数 \1"),
    (r"Missing option '(.+)'\.", r"缺少选项 \1"),
    (r"Missing command\.", "缺少命令"),
    (r"Invalid value for '(.+?)': (.+)", r"\1 的值不对：\2"),
    (r"Invalid value: (.+)", r"值不对：\1"),
    (r"'(.*)' is not one of (.+)\.", r"“\1”不在可选的值之中：\2"),
    (r"(.+) is not in the range (.+)\.", r"\1 不在范围 \2 之内"),
    (r"'(.*)' is not a valid .+\.", r"“\1”不是整数"),
    (r"No such option: (\S+)(?: \(Possible options: (.+)\))?", r"没有选项 \1（相近的：\2）"),
    (r"No such command '(.*?)'\.(?: Did you mean (.+)\?)?", r"没有命令 \1（相近的：\2）"),
    (r"Option '(.+)' requires an argument\.", r"选项 \1 后面要写值"),
    (r"Option '(.+)' does not take a value\.", r"选项 \1 后面不写值"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"多出的参数：\1"),
]


def chinese_help(text: str) -> str:
    for pattern, said in _HELP:
        text = re.sub(pattern, said, text, flags=re.MULTILINE)
    return text


def chinese_error(message: str) -> str:
    """What is not in the table stays as it is; the reason within a message is looked up too."""
    for pattern, said in _ERRORS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            parts = [chinese_error(part) if part else "" for part in found.groups()]
            for number, part in enumerate(parts, 1):
                said = said.replace(f"\\{number}", part)
            return said.replace("（相近的：）", "")
    return message.replace("', '", "、").strip("'") if message.startswith("'") else message


class _Told:
    """Help in the language of the call."""

    def get_help(self, ctx: Any) -> str:
        text: str = super().get_help(ctx)  # type: ignore[misc]  # of the command that it is mixed into
        return text if ENGLISH else chinese_help(text)


class Command(_Told, TyperCommand):
    pass


class Group(_Told, TyperGroup):
    pass
