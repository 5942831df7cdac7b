"""Words of long runs."""

WORDS: dict[str, tuple[str, str]] = {
    "progress": ("已审核 {done}/{total} 份", "audited {done} of {total} plans"),
}
