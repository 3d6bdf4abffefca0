"""An invented notice for 2027, in the form of holiday-cn: none had been published when this was written."""

from datetime import date, timedelta

SPANS = {
    "元旦": ("2027-01-01", "2027-01-03"),
    "春节": ("2027-02-05", "2027-02-12"),
    "清明节": ("2027-04-05", "2027-04-05"),
    "劳动节": ("2027-05-01", "2027-05-05"),
    "端午节": ("2027-06-09", "2027-06-09"),
    "中秋节": ("2027-09-15", "2027-09-15"),
    "国庆节": ("2027-10-01", "2027-10-07"),
}
MAKE_UP = {
    "2027-01-31": "春节",
    "2027-02-20": "春节",
    "2027-05-08": "劳动节",
    "2027-09-26": "国庆节",
    "2027-10-09": "国庆节",
}


def invented():
    """The notice as a dict of its own."""
    days = []
    for name, (first, last) in SPANS.items():
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            days.append({"name": name, "date": day.isoformat(), "isOffDay": True})
            day += timedelta(days=1)
    days += [{"name": name, "date": day, "isOffDay": False} for day, name in MAKE_UP.items()]
    return {"$schema": "x", "year": 2027, "papers": ["invented"], "days": days}
