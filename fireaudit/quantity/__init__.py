"""Printed figures as exact intervals with units: the only door through which numbers enter."""

from fireaudit.quantity.figure import FigureError, amount, decimal_text, read_figure
from fireaudit.quantity.interval import DivisionBySpanningZero, Exact, Interval
from fireaudit.quantity.quantity import Change, Qualifier, Quantity, Rounding
from fireaudit.quantity.reprint import shown_in
from fireaudit.quantity.unit import COUNT, Unit, spell, take_unit

__all__ = [
    "COUNT",
    "Change",
    "DivisionBySpanningZero",
    "Exact",
    "FigureError",
    "Interval",
    "Qualifier",
    "Quantity",
    "Rounding",
    "Unit",
    "amount",
    "decimal_text",
    "read_figure",
    "shown_in",
    "spell",
    "take_unit",
]
