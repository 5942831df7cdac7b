"""What the system says of files, in Chinese, by the words it says it in."""

import errno
import os

_SAID = {
    "ENOENT": "没有这个文件或文件夹", "EACCES": "没有权限", "EPERM": "不允许", "EISDIR": "是文件夹", "ENOTDIR": "其中一级不是文件夹",
    "EEXIST": "已存在", "ENOSPC": "磁盘已满", "EDQUOT": "超出磁盘配额", "EROFS": "文件系统只读", "ELOOP": "链接绕圈", "ENAMETOOLONG": "名称太长",
    "EINVAL": "参数不对", "EMFILE": "打开的文件太多", "EFBIG": "文件太大", "EIO": "读写出错", "ENXIO": "没有这个设备", "ENODEV": "没有这个设备",
    "ETXTBSY": "正在执行，不能写", "EBUSY": "正在使用",
}  # fmt: skip

WORDS: dict[str, tuple[str, str]] = {
    english: (zh, english) for name, zh in _SAID.items() if (number := getattr(errno, name, 0)) and (english := os.strerror(number))
}
