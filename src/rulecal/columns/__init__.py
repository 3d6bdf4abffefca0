"""The same answers for millions: tables, arrays and frames, all filled by `Rule.deadline` and by nothing else (S32)."""
