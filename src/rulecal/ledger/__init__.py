"""The main job: a ledger in, a report of what is overdue out."""

from rulecal.ledger.report import Ledger, Report

__all__ = ["Ledger", "Report"]
