"""All rules, in one explicit list. A new rule is a file beside this one and a line below."""

from fireaudit.rules import (
    evidence,
    fa106_unknown_name,
    fa201_printed_total,
    fa202_parts_of_rows,
    fa203_stated_check,
    fa204_shares,
    fa205_sum_of_parts,
    fa206_part_and_whole,
    fa207_checks_among_themselves,
    fa301_statements_disagree,
    fa401_target_direction,
    fa402_target_already_met,
    fa403_change_without_base,
    fa404_share_out_of_range,
    fa405_recomputed_target,
    fa406_schedule_years,
    fa407_schedule_sum,
    fa408_dates_disagree,
    fa501_count_of_items,
    fa502_numbering,
    fa503_contents_list,
    fa504_items_of_lists,
    fa601_official_names,
    fa602_name_twice,
    fa603_two_spellings,
    fa604_symbols_and_legend,
    fa605_references,
    reading,
)
from fireaudit.rules.base import Rule

RULES: tuple[Rule, ...] = (
    *reading.RULES,
    fa106_unknown_name.RULE,
    fa201_printed_total.RULE,
    fa202_parts_of_rows.RULE,
    fa203_stated_check.RULE,
    fa204_shares.RULE,
    fa205_sum_of_parts.RULE,
    fa206_part_and_whole.RULE,
    fa207_checks_among_themselves.RULE,
    fa301_statements_disagree.RULE,
    fa401_target_direction.RULE,
    fa402_target_already_met.RULE,
    fa403_change_without_base.RULE,
    fa404_share_out_of_range.RULE,
    fa405_recomputed_target.RULE,
    fa406_schedule_years.RULE,
    fa407_schedule_sum.RULE,
    fa408_dates_disagree.RULE,
    fa501_count_of_items.RULE,
    fa502_numbering.RULE,
    fa503_contents_list.RULE,
    fa504_items_of_lists.RULE,
    fa601_official_names.RULE,
    fa602_name_twice.RULE,
    fa603_two_spellings.RULE,
    fa604_symbols_and_legend.RULE,
    fa605_references.RULE,
    *evidence.RULES,
)

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in sorted(RULES, key=lambda rule: rule.code)}


def like(code: str) -> tuple[str, ...]:
    """The rules of the family that an unknown code names; the families where it names none."""
    family = tuple(known for known in BY_CODE if len(code) > 2 and known.startswith(code[:3].upper()))
    return family or tuple(dict.fromkeys(known[:3] for known in BY_CODE))
