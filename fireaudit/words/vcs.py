"""Words about git, in Chinese and English."""

WORDS: dict[str, tuple[str, str]] = {
    "no_git": ("没有找到 git；按版本比较需要安装它", "git was not found; it must be installed to compare with a revision"),
    "no_repository": ("{path}：不在任何 git 仓库中，无法按版本比较", "{path}: in no git repository, so there is no revision to compare with"),
    "no_revision": ("仓库中没有版本“{revision}”；请写提交、分支或标签，如 HEAD~1、main", "no revision “{revision}” in the repository; give a commit, branch or tag, as HEAD~1 or main"),
    "shallow": (
        "这个浅克隆中没有版本“{revision}”；先运行 git fetch --unshallow（在 GitHub Actions 中给 actions/checkout 写 fetch-depth: 0）",
        "no revision “{revision}” in this shallow clone; run git fetch --unshallow first (in GitHub Actions, give actions/checkout fetch-depth: 0)",
    ),
    "no_object": ("“{name}”：没有这个文件，仓库中也没有这个版本的这个文件", "“{name}”: no such file, and no such file at such a revision in the repository"),
    "too_large": ("仓库中的文件有 {size} 字节，超过规划文件的上限 {limit}", "the file in the repository has {size} bytes, more than the {limit} a plan may have"),
    "failed": ("git 未能完成：{problem}", "git could not do it: {problem}"),
}  # fmt: skip
