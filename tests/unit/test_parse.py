"""Limits out of the words of a text: shapes, refusals, a whole notice, and laws that hold for all of them."""

import pickle
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import rulecal as rc
from rulecal.law.limit import Roll, Start
from rulecal.law.words.numerals import read_numeral, write_numeral

WD, CD, MONTH, YEAR, HOUR = rc.Unit.WORKING_DAY, rc.Unit.CALENDAR_DAY, rc.Unit.MONTH, rc.Unit.YEAR, rc.Unit.HOUR


def within(amount, unit):
    roll = Roll.YES if unit in {WD, HOUR} else Roll.UNCLEAR
    return rc.Kind.WITHIN, rc.Window(rc.Period(amount, unit), roll)


def promise(amount, unit):
    return rc.Kind.PROMISE, within(amount, unit)[1]


def said(amount, unit, roll=None, start=Start.NEXT_DAY):
    """A window to act in, with what the words say of its trigger day and of days off."""
    window = within(amount, unit)[1]
    return rc.Kind.WITHIN, rc.Window(window.period, roll or window.roll, start)


def floor(amount, unit, start=Start.NEXT_DAY, usual=False):
    return rc.Kind.AT_LEAST, rc.Window(rc.Period(amount, unit), Roll.NO, start, usual=usual)


def back(amount, unit):
    return rc.Kind.COUNT_BACK, rc.Window(rc.Period(amount, unit), Roll.NO)


def made(rule):
    return rule.kind, rule.limit


def by(*args, **kwargs):
    return made(rc.by(*args, **kwargs))


def before(*args, **kwargs):
    return made(rc.before(*args, **kwargs))


def by_end_of(*args, **kwargs):
    return made(rc.by_end_of(*args, **kwargs))


def times(*args, **kwargs):
    return made(rc.times_a_year(*args, **kwargs))


OPEN, SAME = Start.UNCLEAR, Start.SAME_DAY

WINDOWS = [
    # the words, what they make, the trigger, its kinds, what is unsaid
    ("自收到申请之日起15个工作日内", within(15, WD), "收到申请", "received", ""),
    ("自受理之日起20个工作日内", within(20, WD), "受理", "accepted", ""),
    ("自公布之日起三十日内报备案", within(30, CD), "公布", "published", "unit roll"),
    ("从立案之日起九十日内", within(90, CD), "立案", "filed", "unit roll"),
    ("于作出决定之日起七日内送达", within(7, CD), "作出决定", "decided", "unit roll"),
    ("自行政处罚决定书送达之日起15日内", within(15, CD), "行政处罚决定书送达", "served", "unit roll"),
    ("自知道或者应当知道该行为之日起六十日内", within(60, CD), "知道或者应当知道该行为", "known", "unit roll"),
    ("收到或者受理之日起5个工作日内", within(5, WD), "收到或者受理", "received accepted", ""),
    ("自交办之日起10个工作日内", within(10, WD), "交办", "assigned", ""),
    ("自决定之日起10个工作日内", within(10, WD), "决定", "decided", ""),
    ("自公示期满之日起5个工作日内", within(5, WD), "公示期满", "", ""),
    ("自期限届满之日起三个月内", within(3, MONTH), "期限届满", "", "roll"),
    ("自2022年6月1日起30日内", within(30, CD), "2022年6月1日", "", "unit roll"),
    ("从收到申请起15日内", within(15, CD), "收到申请", "received", "unit roll"),
    ("一经发起15日内", within(15, CD), "", "", "unit start roll"),
    ("即日起15日内", within(15, CD), "", "", "unit start roll"),
    ("自收到申请（含补正材料）之日起5日内", within(5, CD), "收到申请（含补正材料）", "received", "unit roll"),
    ("自治区自然资源局在收到申请之日起10日内", within(10, CD), "收到申请", "received", "unit roll"),
    ("应当收到申请之日起10个工作日内", within(10, WD), "收到申请", "received", ""),
    ("自收到申请之日起，行政机关应当在二十日内", within(20, CD), "收到申请", "received", "unit roll"),
    ("收到申请后，应当在15个工作日内办理", within(15, WD), "收到申请", "received", ""),
    ("收到申请后，行政机关应当在15个工作日内", within(15, WD), "收到申请", "received", ""),
    ("会议结束后，行政机关应当在15个工作日内", within(15, WD), "会议结束", "", ""),
    ("行政机关接到举报后3日内", within(3, CD), "接到举报", "received", "unit roll"),
    ("处罚决定作出后，应当在7日内送达", within(7, CD), "处罚决定作出", "decided", "unit roll"),
    ("后，应当在7日内送达", within(7, CD), "", "", "unit start roll"),
    ("接到申请10日内", within(10, CD), "接到申请", "received", "unit roll"),
    ("受理申请应当在15日内完成", within(15, CD), "", "", "unit start roll"),
    ("自公布之日起施行，应当在15日内备案", within(15, CD), "", "", "unit start roll"),
    ("5日内", within(5, CD), "", "", "unit start roll"),
    ("15个自然日内", within(15, CD), "", "", "start roll"),
    ("5日（工作日）内", within(5, WD), "", "", "start"),
    ("5日内（均指工作日）", within(5, WD), "", "", "start"),
    ("5日内（自然日）", within(5, CD), "", "", "start roll"),
    ("两个月内", within(2, MONTH), "", "", "start roll"),
    ("六个月以内", within(6, MONTH), "", "", "start roll"),
    ("1年内", within(1, YEAR), "", "", "start roll"),
    ("二十四小时以内", within(24, HOUR), "", "", "start"),
    ("不超过30日", within(30, CD), "", "", "unit start roll"),
    ("最长不超过60日", within(60, CD), "", "", "unit start roll"),
    ("不得超过20个工作日", within(20, WD), "", "", "start"),
    ("一、15日内完成", within(15, CD), "", "", "unit start roll"),
    ("实际办理时间不超过3个工作日", promise(3, WD), "", "", "start"),
    ("由20个工作日压缩至5个工作日", promise(5, WD), "", "", "start"),
    ("承诺5个工作日内办结", promise(5, WD), "", "", "start"),
    ("自收到告知承诺书之日起2个月内", within(2, MONTH), "收到告知承诺书", "received", "roll"),
    ("期限不得少于三十日", floor(30, CD), "", "", "unit start"),
    ("十五日以上", floor(15, CD), "", "", "unit start"),
    ("保存三年以上", floor(3, YEAR), "", "", "start"),
    ("公示，档案保存期限不少于3年", floor(3, YEAR), "", "", "start"),
    ("公示不少于48小时", floor(48, HOUR), "", "published", "start"),
    ("公示期不少于7日", floor(7, CD, OPEN), "", "published", "unit start"),
    ("不少于三十日的公告期", floor(30, CD, OPEN), "", "published", "unit start"),
    ("至少公示5个工作日", floor(5, WD, OPEN), "", "published", "start"),
    ("公开征求意见，时间一般不少于30日", floor(30, CD, OPEN, usual=True), "", "published", "unit start"),
    ("自公告之日起原则上不得少于30日", floor(30, CD, OPEN, usual=True), "公告", "published", "unit"),
    ("应当在7个工作日前通知", back(7, WD), "", "", "start"),
    ("举行听证的七个工作日前", back(7, WD), "举行听证", "", ""),
    ("开庭三日前", back(3, CD), "开庭", "", "unit"),
    ("在会议召开前5个工作日通知", back(5, WD), "会议召开", "", ""),
    ("会议室腾出的7日前", back(7, CD), "会议室腾出", "", "unit"),
    ("在会议室7日前通知", back(7, CD), "会议室", "", "unit"),
    ("应当于举行听证的7日前通知", back(7, CD), "举行听证", "", "unit"),
    ("网上十日内办结", within(10, CD), "", "", "unit start roll"),
    ("七日前通知当事人", back(7, CD), "", "", "unit start"),
    ("提前7日书面通知", back(7, CD), "", "", "unit start"),
    ("至少15天前", back(15, CD), "", "", "unit start"),
    ("有效期届满三十日前提出", back(30, CD), "有效期届满", "", "unit"),
    ("六个月前提出申请", back(6, MONTH), "", "", "start"),
    ("48小时前通知", back(48, HOUR), "", "", "start"),
    ("至少提前20日申请", back(20, CD), "", "", "unit start"),
    ("提前一个月", back(1, MONTH), "", "", "start"),
    ("考试前5日", back(5, CD), "考试", "", "unit"),
    ("考试5日前", back(5, CD), "考试", "", "unit"),
    ("投标截止前3个工作日", back(3, WD), "投标截止", "", ""),
    # a figure said twice, and the time set for a step
    ("十五（15）个工作日内", within(15, WD), "", "", "start"),
    ("15（十五）日内", within(15, CD), "", "", "unit start roll"),
    ("时限为15个工作日", within(15, WD), "", "", "start"),
    ("办理时限：１５个工作日", within(15, WD), "", "", "start"),
    ("受理期限为5日", within(5, CD), "", "", "unit start roll"),
    ("承诺时限：3个工作日", promise(3, WD), "", "", "start"),
    ("审查时间最长不得超过60日", within(60, CD), "", "", "unit start roll"),
    ("自受理之日起不超过20个工作日", within(20, WD), "受理", "accepted", ""),
    # the trigger day
    ("自收到申请之日（含当日）起3日内", said(3, CD, start=SAME), "收到申请", "received", "unit roll"),
    ("自收到之日(含)起3日内", said(3, CD, start=SAME), "收到", "received", "unit roll"),
    ("自受理之日起（含受理当日）5个工作日内", said(5, WD, start=SAME), "受理", "accepted", ""),
    ("自受理之日起3个工作日内（含受理之日）", said(3, WD, start=SAME), "受理", "accepted", ""),
    ("2日内（含当日）", said(2, CD, start=SAME), "", "", "unit start roll"),
    ("2日内，包含当天", said(2, CD, start=SAME), "", "", "unit start roll"),
    ("3个工作日（含当日）内", said(3, WD, start=SAME), "", "", "start"),
    ("3日内（当日计算在内）", said(3, CD, start=SAME), "", "", "unit start roll"),
    ("自受理之日（不含当日）起3日内", within(3, CD), "受理", "accepted", "unit roll"),
    ("3个工作日内（不含受理当日）", within(3, WD), "", "", "start"),
    ("3日内（当日不计入）", within(3, CD), "", "", "unit start roll"),
    ("自公告之日起（含公告当日）不少于7日", floor(7, CD, SAME), "公告", "published", "unit"),
    # days off
    ("15日内，遇节假日顺延", said(15, CD, Roll.YES), "", "", "unit start"),
    ("15日内办结（遇法定节假日顺延）", said(15, CD, Roll.YES), "", "", "unit start"),
    ("15日内，最后一日为节假日的顺延", said(15, CD, Roll.YES), "", "", "unit start"),
    ("15日内报告。遇节假日的，相应顺延。", said(15, CD, Roll.YES), "", "", "unit start"),
    ("3个月内，节假日不顺延", said(3, MONTH, Roll.NO), "", "", "start"),
    ("15个工作日内，遇节假日顺延", within(15, WD), "", "", "start"),
    # what was before, and a paragraph's number
    ("第一，5日内", within(5, CD), "", "", "unit start roll"),
    ("申请人应当在两年内使用", within(2, YEAR), "", "", "start roll"),
    ("自2022年6月1日后10日内", within(10, CD), "2022年6月1日", "", "unit roll"),
    ("五日内一次告知", within(5, CD), "", "", "unit start roll"),
    # a step with its figure in a bracket, or after the words of its trigger
    ("审核（3个工作日）", within(3, WD), "", "", "start"),
    ("承诺期限：自受理之日起7个工作日", promise(7, WD), "受理", "accepted", ""),
    ("法定期限：自受理之日起20个工作日", within(20, WD), "受理", "accepted", ""),
    ("办结期限：受理之日起15日", within(15, CD), "受理", "accepted", "unit roll"),
    ("15日（含）以内", within(15, CD), "", "", "unit start roll"),
    ("自收到决定之日起15日（含15日）以内", within(15, CD), "收到决定", "received", "unit roll"),
    ("限期30日内整改", within(30, CD), "", "", "unit start roll"),
    ("首诊医生2小时内网络直报", within(2, HOUR), "", "", "start"),
    ("24小时内将超标情况报告主管部门", within(24, HOUR), "", "", "start"),
    *[
        (f"10日内{words}", within(10, CD), "", "", "unit start roll")
        for words in (
            "部署完毕",
            "到过户大厅办理",
            "来局办理",
            "从外地调来专家",
            "给予奖励",
            "免费发放",
            "每家企业报告",
        )
    ],
    ("5日内将受理通知书送达", within(5, CD), "", "", "unit start roll"),
    ("15日内凭证明领取", within(15, CD), "", "", "unit start roll"),
    ("1小时内抵达现场", within(1, HOUR), "", "", "start"),
    # traditional characters
    ("15個工作日內", within(15, WD), "", "", "start"),
    ("自收到申請之日起三十日內報告", within(30, CD), "收到申請", "received", "unit roll"),
    # so long a time, and an act in it
    ("一般事项3个工作日以内答复", within(3, WD), "", "", "start"),
    ("重大事项24小时以内上报", within(24, HOUR), "", "", "start"),
    ("当事人应当在30日以内提出书面异议", within(30, CD), "", "", "unit start roll"),
    ("整改时限为30日以内", within(30, CD), "", "", "unit start roll"),
    ("从受理到办结3个工作日以内", within(3, WD), "受理", "accepted", ""),
    ("人民法院应当在立案之日起六个月内审结", within(6, MONTH), "立案", "filed", "roll"),
    ("24小时内出具核酸检测报告", within(24, HOUR), "", "", "start"),
    ("入境后24小时内进行核酸检测", within(24, HOUR), "入境", "", ""),
    ("15日内提交整改报告", within(15, CD), "", "", "unit start roll"),
    ("10个工作日内（特殊情况可延长5个工作日）", within(10, WD), "", "", "start"),
    ("收到申请后应当当场或者5个工作日内作出决定", within(5, WD), "收到申请", "received", ""),
    ("最快1个工作日、最长5个工作日内办结", within(5, WD), "", "", "start"),
    ("自发出之日起至投标截止之日止，最短不得少于20日", floor(20, CD), "发出", "", "unit"),
]

WINDOWS += [
    # the nearer words are those of the trigger; whoever acts is none of it
    ("事故发生后，单位负责人应当于1小时内报告", within(1, HOUR), "事故发生", "", ""),
    ("决定终止的，整改后，情况复杂的，应当在3日内报告", within(3, CD), "", "", "unit start roll"),
    ("受理机关收到材料后2个工作日内办结", within(2, WD), "收到材料", "received", ""),
    ("受理窗口收到申请材料之日起3日内", within(3, CD), "受理窗口收到申请材料", "received", "unit roll"),
    ("自送达回证收到之日起5日内", within(5, CD), "送达回证收到", "received", "unit roll"),
    ("各责任单位于本通知印发之日起5日内报送", within(5, CD), "本通知印发", "", "unit roll"),
    ("各单位于收到通知之日起5日内报送", within(5, CD), "收到通知", "received", "unit roll"),
    ("承诺办结时限为受理之日起3个工作日", promise(3, WD), "受理", "accepted", ""),
    ("办理期限为受理之日起3个工作日内", within(3, WD), "受理", "accepted", ""),
    ("自受理之次日起5日内", within(5, CD), "受理", "accepted", "unit roll"),
    ("自行为发生之日起5日内", within(5, CD), "行为发生", "", "unit roll"),
    ("在被告知权利之日起五日内提出申请的，机关应当组织", within(5, CD), "被告知权利", "", "unit roll"),
    ("距投标截止时间至少3个工作日前通知", back(3, WD), "投标截止", "", ""),
    ("在开航15日前公布班次", back(15, CD), "开航", "", "unit"),
    ("应当在试用期内5日前通知", back(5, CD), "", "", "unit start"),
    ("拟升放2天前提出", back(2, CD), "", "", "unit start"),
    ("施工45日前告知", back(45, CD), "", "", "unit start"),
    ("签署前不少于10个工作日报请", back(10, WD), "签署", "", ""),
    ("应当在举行听证会的30日前公布会议的地点", back(30, CD), "举行听证会", "", "unit"),
    ("代履行三日前，催告当事人", back(3, CD), "代履行", "", "unit"),
    ("应当提前7日向公众公示", back(7, CD), "", "", "unit start"),
    # figures
    ("抢险队伍3小时内到达现场", within(3, HOUR), "", "", "start"),
    ("工作队伍5个工作日内组建完成", within(5, WD), "", "", "start"),
    ("5. 15个工作日内办结", within(15, WD), "", "", "start"),
    ("不动产一般登记3个工作日内办结", within(3, WD), "", "", "start"),
    ("第三章 受理\n\n机关应当自立案之日起3个月内办结", within(3, MONTH), "立案", "filed", "roll"),
    ("自受理之日起5日内作出批准或者不予批准的决定", within(5, CD), "受理", "accepted", "unit roll"),
    ("应当并在三日以内通知申请人的代理人", within(3, CD), "", "", "unit start roll"),
]

OTHERS = [
    # the words, what they make, what is unsaid
    ("6月底前", by_end_of(6), "year"),
    ("11月末前", by_end_of(11), "year"),
    ("6月底", by_end_of(6), "year date"),
    ("2022年12月底前", by_end_of(12, year=2022), ""),
    ("二〇二二年六月底前", by_end_of(6, year=2022), ""),
    ("每年3月底前", by_end_of(3), ""),
    ("年底", by_end_of(12), "year date"),
    ("年底前", by_end_of(12), "year date"),
    ("每年年底前", by_end_of(12), "date"),
    ("到2025年底", by_end_of(12, year=2025), "date"),
    ("年内完成", by_end_of(12), "year date"),
    ("年末前", by_end_of(12), "year date"),
    ("2022年内完成", by_end_of(12, year=2022), "date"),
    ("3月1日前", before(3, 1), "year named_day"),
    ("三月一日之前", before(3, 1), "year named_day"),
    ("2022年3月1日以前", before(3, 1, year=2022), "named_day"),
    ("于每年1月31日前", before(1, 31), ""),
    ("每年12月总结，次年3月1日前", before(3, 1), "named_day"),
    ("年度终了后，次年3月底前", by_end_of(3), ""),
    ("不得迟于6月20日", by(6, 20), "year"),
    ("每年检查不少于2次", times(2), ""),
    ("每年不应少于２次", times(2), ""),
    ("全年至少两次", times(2), ""),
    ("6月20日（含当日）前", by(6, 20), "year"),
    ("6月20日前（含）", by(6, 20), "year"),
    ("6月20日止", by(6, 20), "year"),
    ("截至6月20日", by(6, 20), "year"),
    ("不迟于6月20日", by(6, 20), "year"),
    ("每年至少开展两次", times(2), ""),
    ("每年应当举办2期以上", times(2), ""),
    ("一年至少两次", times(2), ""),
    ("每年召开一次会议", times(1), ""),
    ("每年1至2次", times(1, at_most=2), ""),
    ("开展1-2项行动", times(1, at_most=2), "year"),
    ("会议不少于1次", times(1), "year"),
    ("每年至少建立3个示范点", times(3), ""),
    ("至少对1件文件", times(1), "year"),
    ("制定年度目录", times(1), ""),
    ("3月1日以前（含3月1日）", by(3, 1), "year"),
    ("4月15日之前（含15日）", by(4, 15), "year"),
    ("4月15日（含15日）前", by(4, 15), "year"),
    ("4月15日前，含当日", by(4, 15), "year"),
    ("请于5月30日（星期一）前", before(5, 30), "year named_day"),
    ("2022年5月30日（周一）前反馈", before(5, 30, year=2022), "named_day"),
    ("对已备案的项目应当于6月底前复核", by_end_of(6), "year"),
    ("已开工项目6月底前完工", by_end_of(6), "year"),
    ("年度工作计划6月底前报送", by_end_of(6), "year"),
    ("按计划于6月底前完成", by_end_of(6), "year"),
    ("鼓励类项目应当在6月底前备案", by_end_of(6), "year"),
    ("以最快速度于6月底前完成", by_end_of(6), "year"),
    ("为了方便群众，6月底前开通", by_end_of(6), "year"),
    ("6月底前争取上级资金支持", by_end_of(6), "year"),
    ("12月底前新增床位500张", by_end_of(12), "year"),
    ("6月底前第一批项目开工", by_end_of(6), "year"),
    *[
        (f"12月底前{words}", by_end_of(12), "year")
        for words in (
            "竣工验收",
            "竣工项目10个",
            "存量项目全部完工",
            "历史遗留问题基本解决",
            "应付未付工程款全部结清",
            "开工建设项目",
            "登记备案",
            "建成示范小区",
            "购置车辆",
            "退休人员养老金发放到位",
            "培训人员2000人",
            "关停企业",
        )
    ],
    ("6月底前数据上报", by_end_of(6), "year"),
    ("6月底前半数完工", by_end_of(6), "year"),
    ("12月底前每村建成1个", by_end_of(12), "year"),
    ("6月底前建立每月报告制度", by_end_of(6), "year"),
    ("6月月底前完成", by_end_of(6), "year"),
    ("报名截止时间：2022年3月31日", by(3, 31, year=2022), ""),
    ("截止日期：3月31日", by(3, 31), "year"),
    ("推迟至12月底前完成", by_end_of(12), "year"),
    ("各县年底前完成", by_end_of(12), "year date"),
    ("至2025年底前建成", by_end_of(12, year=2025), "date"),
    ("截止到6月30日止", by(6, 30), "year"),
    ("年底总结", by_end_of(12), "year date"),
    ("提前至6月底前完成", by_end_of(6), "year"),
    ("3月1日前（不含3月1日）", before(3, 1), "year"),
    ("3月1日前（不含当日）", before(3, 1), "year"),
    ("3月1日（不包括当日）前", before(3, 1), "year"),
    ("各学校每年至少开展1次", times(1), ""),
    ("每年各省至少开展1次", times(1), ""),
    ("及时组织不少于1次培训", times(1), "year"),
    ("每年各部门组织1次培训", times(1), ""),
    ("每年对学校和医院至少检查1次", times(1), ""),
    ("每年6月开展1次", times(1), ""),
]

REFUSED = [
    *[(word, f"{word} gives no date") for word in ("及时", "尽快", "适时", "定期", "动态", "限期", "立即")],
    ("3-5个工作日内", "a range"),
    ("3日至5日内", "a range"),
    ("公示五日以上十日以下", "a range"),
    ("15日内或者20日内", "one of several"),
    ("每季度至少一次", "not by the year"),
    ("每两年至少开展一次", "not by the year"),
    ("至少一次/季度", "not by the year"),
    ("每两年3月1日前", "not by the year"),
    ("每年3至1次", "number cannot be read"),
    ("每年两三次以上", "number cannot be read"),
    ("每年1-两三次", "number cannot be read"),
    ("每10个工作日内", "it recurs"),
    ("每月5日前报送", "it recurs"),
    ("次月15日前", "it recurs"),
    ("请于15日前反馈", "month is not named"),
    ("两年前", "lies in the past"),
    ("一周内", "its unit is none"),
    ("两三日内", "number cannot be read"),
    ("0日内", "number cannot be read"),
    ("99999日内", "number cannot be read"),
    ("200年内", "more than a hundred years"),
    ("一年六个月内", "a sum of two figures"),
    ("5日内（不含节假日）", "how days are counted"),
    ("3年内不得申请", "bars an act"),
    ("延长期限不得超过15日", "extends another limit"),
    ("经批准可以延长，最长不超过90日", "extends another limit"),
    *[
        (words, "how long something is valid")
        for words in (
            "有效期不超过5年",
            "核酸检测报告时效不超过3天",
            "出具时间不超过3个月",
            "征信报告出具时间在1个月内",
            "无犯罪记录证明须为3个月内开具",
            "免冠照片（6个月内拍摄）",
            "审计报告应为三个月内出具",
            "体检报告（出具日期在3个月内）",
        )
    ],
    ("届满前三十日内", "between two days before an event"),
    ("每年集中培训不少于5天", "an amount of time"),
    ("2月30日前", "no day 30"),
    ("两三月1日前", "number cannot be read"),
    ("1月两三日前", "number cannot be read"),
    ("去年12月底前", "its year is past"),
    ("上年底前", "its year is past"),
    ("22年6月底前", "its year cannot be read"),
    ("6月20日17:00前", "an hour of the day"),
    # a yearly ceiling is no floor
    *[
        (words, "a ceiling")
        for words in (
            "每年不超过2次",
            "每年不得超过2次",
            "每年至多2次",
            "每年最多２次",
            "每年不多于两次",
            "每年不应高于2次",
            "每年2次以内",
            "每年2次（含）以下",
            "每年2次及以下",
            "每年以2次为限",
            "每年限1次",
            "每年只能申请1次",
            "每年原则上不超过两次",
            "每年检查总数控制在2次",
            "每年不得举办2次以上",
            "一年最多一次",
            "每年不超过1-2次",
            "同一年度不得超过一次",
        )
    ],
    *[
        (words, "what is or may be")
        for words in (
            "每年不足2次",
            "每年少于2次，通报",
            "每年可以申请2次",
            "每年享受1次",
            "可以每年开展2次以上",
            "必要时每年2次",
            "每年约2次",
            "每年2次左右",
            "每年迟到2次",
            "每年发生2次以上",
            "每年至少2次不合格",
            "人均每年至少2次",
            "每年＜2次",
            "每年累计2次",
        )
    ],
    ("2022年至少开展2次", "of one year"),
    ("本年度至少2次", "of one year"),
    ("年内至少完成2次", "of one year"),
    # so many times for each of several, or in a part of the year
    *[
        (words, "for each of several")
        for words in (
            "每年6月、12月各开展1次",
            "每年上、下半年各开展1次检查",
            "每年春秋两季各组织1次",
            "每年清明节、国庆节前开展1次检查",
            "每年5月、10月组织2次活动",
            "每年年初和年末召开1次会议",
            "每年上半年开展1次",
            "每年“3·15”“6·5”各开展1次",
            "每年对甲、乙两类企业分别检查2次",
        )
    ],
    *[
        (words, "does not say by the year")
        for words in ("第一年至少培训2次", "春节前至少开展1次检查", "公示期间至少1次", "每逢检查至少1次")
    ],
    ("每学期至少1次", "not by the year"),
    # an aim, the shortest case, about so much
    *[
        (words, "an aim")
        for words in (
            *(
                f"{aim}6月底前完成"
                for aim in ("预计", "计划", "争取", "力争", "拟于", "有望", "暂定", "原计划", "目标是")
            ),
            "6月底前力争完成",
            "力争15个工作日内办结",
            "建议在3日内就医",
            "鼓励每年组织2次以上",
        )
    ],
    *[
        (words, "the shortest case")
        for words in ("最快5个工作日内办结", "最短3个工作日内", "最早于6月底前", "最早可于3个工作日内领取")
    ],
    ("约6月底前", "only about so much"),
    ("至少5个工作日内完成", "a floor and a ceiling"),
    ("4月15日前（含16日）", "said twice, and differs"),
    ("延长至12月31日前", "how long something"),
    ("过渡期至2023年底前", "how long something"),
    ("从3月1日前改为", "the figure of before"),
    ("比计划提前5天", "how early"),
    ("20日（不含节假日）内", "how days are counted"),
    ("5日内（不含送达）", "how days are counted"),
    ("24小时内答复，检测时间不计入", "how days are counted"),
    ("24小时内（不含检测时间）", "how days are counted"),
    ("提前5日（不含公示时间）通知", "how days are counted"),
    ("5月30日（周一）17:00前", "an hour of the day"),
    ("催告不少于两次", "does not say by the year"),
    # what is, has been, lasts or is barred
    *[
        (words, "what is or has been")
        for words in (
            "12个月内发生2次以上",
            "一年内再次违反规定",
            "病假在六个月以内者",
            "一年内累计三次",
            "2年内无违法记录",
            "3年内未受过处罚",
            "两年内又犯",
            "一年内不超过2次",
            "自处罚决定作出之日起三年内未再违法的",
            "15日内有异议的",
            "6月30日前出生",
            "12月31日前年满18周岁",
            "3月1日前未报送的",
            "三个月内已办结30件",
            "３０日内累计３次",
            "已于6月底前完成",
            "均已在2022年3月底前完成",
            "已由市局于5月10日前报送",
            "2021年6月底前完成了改造",
            "2021年6月底前，各县完成了改造",
            "已在15日内办结",
            "自公示之日起7日内如有异议",
            "事故发生7日内死亡",
            "24小时内可能发生滑坡",
        )
    ],
    *[
        (words, "look back")
        for words in (
            "毕业两年内",
            "毕业2年内的高校毕业生",
            "任意12个月内",
            "连续12个月内",
            "获证企业两年内",
            "冷静期30日内",
            "超过15日内",
        )
    ],
    *[
        (words, "is counted")
        for words in (
            "24小时内降雨量达到50毫米",
            "未来24小时内气温下降8℃以上",
            "24小时内新增病例3例",
            "一年内两次",
            "一年内因同一事由受罚2次",
            "一年内，检查不超过2次",
            "15日内办结率100%",
        )
    ],
    *[
        (words, "how long something")
        for words in (
            "任期不超过五年",
            "租赁期限不得超过二十年",
            "查封的期限不得超过三十日",
            "停水时间不超过24小时",
            "缺陷责任期一般为1年，最长不超过2年",
            "隔离观察期限一般为7天，最长不得超过14天",
            "试点为期1年，最长不超过2年",
            "行政拘留合并执行的，最长不超过二十日",
            "临时用地，期限不超过四年",
            "5年内，享受税收优惠",
            "12月31日前，继续执行原政策",
            "值班电话24小时内畅通",
            "3年内免征税款",
            "2027年12月31日前继续执行",
            "有效期至2025年12月31日止",
            "15日内有效",
        )
    ],
    *[
        (words, "an amount of time")
        for words in (
            "服务期不少于5年",
            "租期1年，不得少于6个月",
            "从业资格证初次领取之日起不少于3年",
            "不少于3个月的过渡期",
            "连续居住不少于6个月",
            "每次不得超过30日",
            "加班每月不得超过36小时",
            "合计不超过60日",
            "每天工作8小时以内",
            "停水24小时以内",
            "开车1小时内",
            "贷款期限1年以内",
            "两次间隔30日以内",
            "3小时以内车程",
            "2年以内驾龄",
            "请假3天以内由负责人审批",
            "到期日在1年以内",
        )
    ],
    *[
        (words, "bars an act")
        for words in (
            "6月30日前不得施工",
            "6月30日前，不予受理",
            "自被取缔之日起5年内，认证机构不再受理其申请",
            "自撤销之日起3年内不受理其对该项许可的申请",
            "自处罚之日起5年内，直接责任人员不得任职",
            "3月1日前，任何单位不得施工",
            "一年内暂停受理",
            "自公布之日起五年内不受理其申请",
        )
    ],
    *[(words, "denied") for words in ("不得在15日内拆除", "未在15日内补正的", "无需提前3日通知", "可以提前5日申请")],
    # a case, or what describes a thing
    *[
        (words, "a condition, or describes")
        for words in (
            "三日内改正的，不予处罚",
            "7日内，未改正的，视为放弃",
            "一年内，无违法记录的，可以申请",
            "6月底前完成的，给予奖励",
            "2022年3月29日前印发的",
            "办理时间不超过15日的",
            "自事故发生之日起30日内，伤亡人数发生变化的，应当补报",
        )
    ],
    *[
        (words, "only describe something")
        for words in (
            "1月1日前取得的许可证",
            "2020年1月1日前取得营业执照的企业",
            "应于3月1日前提交的申请",
            "六个月前提交的材料",
            "5日内提交的材料",
            "持48小时内核酸检测阴性证明",
            "须提供24小时内核酸检测报告",
            "72小时内核酸检测阴性证明",
            "对3个月内将要发生的灾害预报",
            "1小时内车程",
            "1小时内可到达西安",
            "48小时内水位将超警戒",
            "提交3个月内体检报告",
            "15日内包换",
            "3年内免费保修",
            "凭24小时内结果入场",
            "48小时内结果互认",
            "12小时内将出现暴雨",
        )
    ],
    ("2021年底", "how things stood"),
    ("2022年6月底完成", "how things stood"),
    # several, a range, a minus, a number that no text means
    *[
        (words, "a range, or one of several")
        for words in (
            "3、5日内",
            "3，5日内",
            "三、五日内",
            "3/5日内",
            "5个或10个工作日内",
            "每年6月、12月底前",
            "每年6月和12月20日前",
            "6、12月底前",
            "1-3月底前",
            "3月1日至4月1日前",
            "6月30日或者12月31日前",
            "2022年、2023年6月底前",
        )
    ],
    ("5日内、10日内", "one of several"),
    ("5日以上10日内", "a sum of two figures"),
    ("5日后10日内", "a sum of two figures"),
    ("-5日内", "a minus"),
    ("－５日内", "a minus"),
    ("负5日内", "a minus"),
    ("-3月1日前", "a minus"),
    ("十五（16）个工作日内", "said twice"),
    ("1000年内", "its year cannot be read"),
    ("1900年3月1日前", "its year cannot be read"),
    ("一千年内", "more than a hundred years"),
    # a year told from another
    *[
        (f"{year}3月1日前", "told from another")
        for year in ("明年", "次年", "翌年", "下一年度", "下年", "来年", "第二年", "次年的", "今年", "本年度", "当年")
    ],
    ("明年年底前", "told from another"),
    ("今年内完成", "told from another"),
    ("每年总结，明年3月1日前", "told from another"),
    # words beside it
    ("15日内，节假日除外", "how days are counted"),
    ("15日内，遇双休日顺延", "how days are counted"),
    ("15日内，可以顺延", "how days are counted"),
    ("6月30日前，遇节假日顺延", "moves off days off"),
    ("提前5日通知，遇节假日顺延", "moves off days off"),
    ("3日内（含）", "may count the day"),
    ("5日内受理申请（含当日）", "may count the day"),
    ("提前5日（含当日）通知", "counts a day"),
    ("24小时内（含当日）", "counts a day"),
    # other doubts of a period
    ("由20个工作日内压缩", "the figure of before"),
    ("延长15日内", "extends another limit"),
    ("平均3个工作日内办结", "an average"),
    ("提前5天完成任务", "how early"),
    ("提前一年", "how early"),
    ("每月5个工作日前报送", "recurs"),
    ("次月10个工作日内", "recurs"),
    ("最迟15日", "its month is not named"),
    # time that is left out of the count in words that name no reasons for it
    *[
        (words, "how days are counted")
        for words in (
            "20个工作日内办结（公示、踏勘不计算在内）",
            "自受理之日起，除公示、听证等程序外，20个工作日内办结",
            "20个工作日内批复，补正期间中止计算",
            "20个工作日内批复，补正期间停止计时",
            "除听证时间外，应当在20日内批复",
            "（补正时间除外）20日内批复",
            "扣除补正时间后20日内办结",
            "剔除检测时间，20日内办结",
            "公示时间不计入，20个工作日内办结",
            "20个工作日内办结，鉴定时间不在此限",
            "20个工作日内办结。现场核查时间另计",
            "20个工作日内办结；委托检测的，检测期间从办理时限中扣除",
            "20个工作日内办结（不含听证时间）；需要鉴定的，所需时间不计算在内",
            "20个工作日内指定。协商所用时间不计入复议审理期限。",
            "20日内办结，检测期间时限中止",
        )
    ],
    # another trigger after it
    *[
        (words, "trigger is said twice")
        for words in (
            "接到申请后，应当在20日内（自受理之日起计算）答复",
            "收到申请后，应当在20日内（自受理之日起）答复",
            "收到申请后，应当在20日内答复，期限自补正之日起计算",
            "自收到之日起20日内办结（从材料补齐之日起算）",
        )
    ],
    # whom or what a time picks out, and how long something lasts in it
    *[
        (words, "what is or has been")
        for words in (
            "14天内到过中高风险地区的人员须报备",
            "30日内去过疫区的居民应当报备",
            "7日内从外省返卫人员须报备",
            "14天内来自外省的车辆",
            "21天内接触过病例的人员须报告",
            "1年内到期债务",
            "3年内到期",
            "1年内新录用公务员应当参训",
            "一年内新入职教师应当参训",
            "2000年底前建成小区纳入改造范围",
            "2020年底前存量项目",
            "2019年12月31日前历史遗留问题",
            "2020年12月31日前竣工小区",
            "2020年底前竣工住宅仍按原标准",
            "2021年12月31日前应缴未缴",
            "2022年6月30日前欠缴税款",
            "2014年10月1日前参加工作人员",
            "2022年3月31日前在编在岗教师",
            "2022年1月1日前开工项目",
            "1月1日前注册企业",
            "6月30日前退休人员",
            "6月30日前到期债券",
            "6月1日前出厂产品",
            "12月31日前毕业生",
            "9月1日前在校学生",
            "2022年6月30日前缴费满15年",
            "2022年底前工作满1年",
            "2022年12月31日前购买新能源汽车免征",
            "2021年底前备案项目继续适用原标准",
        )
    ],
    *[
        (words, "how long something")
        for words in (
            "五年内给予租金补贴",
            "两年内提供岗位补贴",
            "3年内按50%给予社保补贴",
            "1年内免费更换",
            "3天内免费停车",
            "24小时内免费",
            "7日内居家隔离",
            "14日内自我健康监测",
            "10日内集中医学观察",
            "48小时内禁食",
            "3日内限行",
        )
    ],
    *[
        (words, "it recurs")
        for words in (
            "自取得证书之日起三年内每年补贴1万元",
            "5日内每日报告进展",
            "24小时内每2小时报告一次",
            "一年内每季度报告",
        )
    ],
    # what befalls an office, instalments, and times in one case
    *[
        (f"每年{words}", "what is or may be")
        for words in ("受理投诉2000件以上", "收到举报2件以上", "死亡人数1次", "分两次拨付")
    ],
    *[
        (words, "does not say by the year")
        for words in ("面试至少3次", "至少两次书面催告", "不少于2次补考机会", "询价不少于3次", "至少3次公开报价")
    ],
    # the 5th of a month that is not named
    *[
        (f"{words}5日前{act}", "month is not named")
        for words in ("请于", "请", "务必在", "最晚于", "最迟", "各单位于", "应当在", "由会议派人在")
        for act in ("书面反馈", "通知到各村")
    ],
    *[
        (f"{month}的5日前报送", "month is not named")
        for month in ("于5月", "5月份", "下月", "下个月", "首月", "次月", "同月", "上月")
    ],
    # between two days
    *[
        (words, "between two days")
        for words in (
            "期限届满前的30日内申请",
            "有效期届满之前的3个月内申请",
            "会议召开前的5个工作日内提交",
            "6月30日前的10日内完成",
            "投标截止前的最后3日内提交",
            "汛期来临前最后10日内",
        )
    ],
    *[(f"{lunar}八月十五日前完成", "lunar") for lunar in ("农历", "阴历", "旧历", "农历的")],
    # a state up to a day, and what recurs until it
    *[
        (words, "how long something")
        for words in (
            "道路封闭至2022年6月30日止",
            "试点至2022年12月31日止",
            "优惠政策执行至2022年12月31日前",
            "供暖至3月31日止",
            "停课至6月30日止",
            "补贴发放至12月底前",
            "展览至12月底",
            "活动持续到12月31日前",
            "专项整治持续到年底",
            "直到6月30日前",
        )
    ],
    *[
        (words, "it recurs")
        for words in (
            "2022年12月31日前每季度报送一次",
            "12月底前，每月报送进展",
            "12月底前各单位每周调度",
            "年底前每半年检查",
        )
    ],
]

NO_LIMIT = (
    "引用两项以上权利要求", "三次以上作案",
    "", "15日", "工作日", "2022年3月29日", "2021-2025年", "第9次会议", "率达100%", "18个专班", "三个方面",
    "年度重点工作", "上一年度", "3月1日起施行", "3月1日至4月1日", "截至2021年底，全市", "6月底前后", "6月前",
    "6月中旬前", "目前", "日前，市政府", "第3日内", "近三年内", "2020年1月1日前的案件", "7个工作日前的案件",
    "五年以上经验", "停业30日以上", "30日以上的", "超过30日的", "1.5个月内", "10,000日内", "1 5日内", "最多一次",
    "一次性告知", "18个以上", "每年第一次", "至少3次后", "纳入年底考核", "年末人口", "半年内", "3人以内", "每年三个",
    "1-2项", "开展1-2个", "未制定年度目录", "年终述职", "每年1-2人",
    "2021年底，全市共有", "2021年底前，全市已建成", "处6个月以上有期徒刑", "处五日以上十日以下拘留", "请假3日以上",
    "公示时限：7个工作日", "全年召开会议12次", "每年2次以上的", "每年2次培训的，加分", "制定年度计划的单位",
    "年末清查", "截至6月底前完成投资30亿元", "截止2022年6月30日，共", "年底总人口", "6月底余额",
    "自公告之日起满三十日，视为送达",
    "上半年底前完成", "学年底前完成评估", "财年末前报送", "会计年末前报送", "历年底前", "同年底前完成", "100周年底前",
    "一点五个工作日内办结", "3点5个工作日内", "数十日内完成", "几十日内完成", "上百日内", "2022·6·30日前通知",
    "2022•6•30日前通知",    "6月5日前半个月报送", "6月5日前第3个工作日报送",
    "6月5日前最后一个工作日报送", "6月5日前几日报送", "6月5日前数日",
    "在10月1日前夕开展检查", "会议召开10日前夕", "开庭三日前半小时",
    "6月底或7月初完成", "6月底、7月初完成", "6月底、7月上旬完成", "6月底上下完成",
    "6月底方可进入", "6月底才能开放", "7月底方能入住", "优惠政策6月底结束", "补助6月底到期", "试点于6月底终止",
    "办理时限：15个工作日以后", "过去的3个月内", "6月底前一周", "第一个5日内", "不得制定年度计划",
)  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "trigger", "kinds", "unsaid"), WINDOWS, ids=[row[0] for row in WINDOWS])
def test_windows(text, rule, trigger, kinds, unsaid):
    parsed = rc.parse_limit(text)
    assert made(parsed.rule) == rule
    assert parsed.trigger_words == parsed.rule.trigger.text.zh == trigger
    assert parsed.rule.trigger.kinds == tuple(kinds.split())
    assert parsed.unsaid == tuple(unsaid.split())


@pytest.mark.parametrize(("text", "rule", "unsaid"), OTHERS, ids=[row[0] for row in OTHERS])
def test_dates_and_quotas(text, rule, unsaid):
    parsed = rc.parse_limit(text)
    assert made(parsed.rule) == rule
    assert parsed.unsaid == tuple(unsaid.split())
    assert parsed.trigger_words == ""
    assert ("date" in parsed.rule.norm.inferred) == ("date" in parsed.unsaid)


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_counted_is_refused_with_its_reason(text, why):
    with pytest.raises(rc.UnreadableLimitError, match=why) as caught:
        rc.parse_limit(text)
    assert caught.value.hint
    assert caught.value.text == text
    assert rc.parse_limits(text) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每年3月1日前报送上年度的报告", "by_date before 03-01"),
        ("每年1月31日前公布上一年度的工作年度报告", "by_date before 01-31"),
        ("6月底前完成全市的摸底", "by_date by 06-end"),
        ("6月底前完成行政执法人员的培训", "by_date by 06-end"),
        ("在有效期届满三十日前向作出决定的行政机关提出申请", "count_back 30 calendar days"),
        ("合法性审核时间一般不少于5个工作日", "at_least 5 working days"),
    ],
)
def test_an_object_with_a_word_beside_it_is_still_acted_on(text, rule):
    assert [limit.rule.words for limit in rc.parse_limits(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "自收到通知之日起20日内，被申请人应当答复",
        "自受理之日起5个工作日内，不动产登记机构应当办结登记",
        "6月30日前，未成年人保护工作站全部建成",
        "7日内，受害人可以申请",
        "7日内受害人可以申请",
        "5日内不动产登记机构应当办结",
        "7日内，被征收人可以申请复议",
        "30日内，无证经营户应当办理证照",
        "5日内，不合格产品全部下架",
        "15日内，违法当事人应当改正",
        "15日内，有异议的单位应当书面提出",
        "5个工作日内，出生医学证明签发机构应当签发",
        "5日内，限制性措施应当解除",
        "15日内，有效证件应当换发",
        "6月底前，继续教育基地全部挂牌",
        "6月底前，免疫规划单位全部接入",
        "6月底前，禁止类项目全部退出",
        "6月底前禁止类项目全部退出",
        "5日内，再次组织核查",
        "自整改完成之日起5日内再次组织核查",
        "6月底前，受灾群众全部安置",
        "6月底前，有条件的乡镇要建成",
        "6月底前，再建成3个示范点",
        "10月底前，已建平台全部接入",
        "12月底前，限制类产能退出",
        "办理时限压缩至1个工作日以内，不动产登记全部网办",
        "在障碍消除后的10个工作日内，可以申请顺延期限",
        "2小时内应当降温至4℃",
        "付款期限最长不得超过60日",
        "每级上报的时间不得超过2小时",
        "公示期为10日，不得少于7日",
        "5日内将不予执行的裁定送达",
    ],
)
def test_what_a_subject_begins_with_is_no_state_and_no_bar(text):
    rc.parse_limit(text)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        # what follows an event is another, or its end
        *[
            (words, "")
            for words in (
                "公示无异议后",
                "公示完毕后",
                "公示取消后",
                "公告刊登之日起",
                "收到申请并审核通过后",
                "收到决定书并签字确认后",
                "公告发布满30日之日起",
                "公告之日起满15日之日起",
                "自信息公开申请登记之日起",
                "材料补正之日起",
                "公示并备案之日起",
            )
        ],
        # the last decides
        ("收到申请材料并受理后", "accepted"),
        ("收到申请、受理后", "accepted"),
        ("信息公开申请受理后", "accepted"),
        ("受理通知书送达之日起", "served"),
        ("立案通知书送达后", "served"),
        ("公告送达之日起", "served"),
        ("决定作出并送达后", "served"),
        ("行政处罚决定公示之日起", "published"),
        ("审核并公示后", "published"),
        # but not one within what is received, decided or known
        ("收到不予受理通知书之日起", "received"),
        ("收到立案通知后", "received"),
        ("接到交办后", "received"),
        ("作出不予受理决定之日起", "decided"),
        ("自知道决定作出之日起", "known"),
        ("不予公开决定书送达之日起", "served"),
        # what is denied
        *[
            (words, "")
            for words in (
                "决定不予受理后",
                "不予受理之日起",
                "未受理之日起",
                "未收到答复之日起",
                "终止公告之日起",
                "不决定之日起",
            )
        ],
        # one of two
        ("收到申请或者材料补正齐全之日起", ""),
        ("受理之日或者补正之日起", ""),
        ("收到决定书或者公告期满之日起", ""),
        ("受理（或备案）后", ""),
        ("作出决定或者送达之日起", "decided served"),
        ("收到申请或者举报之日起", "received"),
        ("决议或者决定作出之日起", "decided"),
        ("收到（接到）通知后", "received"),
        ("接到投诉、举报后", "received"),
        ("自处罚决定之日起", "decided"),
    ],
)
def test_the_last_event_tells_the_kind(words, kinds):
    assert rc.parse_limit(f"{words}5个工作日内办结").rule.trigger.kinds == tuple(kinds.split())


@pytest.mark.parametrize(
    "text",
    [
        "自收到申请之日起，经审核，公示期满，3个工作日内发放",
        "收到申请后，由窗口初审，初审通过的，3个工作日内提交",
        "收到举报后，经调查属实的，10日内兑现",
        "立案后，经审理决定处罚的，3日内告知",
        "收到通知后，组织自查，自查结束，5日内报告",
        "收到材料后，经专家评审通过，10日内批复",
        "收到材料后，材料齐全的，10日内登记",
        "自公布之日起正式施行，各单位30日内备案",
        "自发布之日起试行，各单位应当在10日内制定细则",
        "自印发之日起开始实施，10日内备案",
        "此后5日内",
        "其后10日内",
        "随后3日内",
        "受理后审查，之后5日内办结",
    ],
)
def test_a_step_between_leaves_the_trigger_open(text):
    parsed = rc.parse_limit(text)
    assert (parsed.trigger_words, parsed.rule.trigger.kinds, "start" in parsed.unsaid) == ("", (), True)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("从受理到办结不超过3个工作日", "受理"),
        ("从受理到作出决定不超过3日", "受理"),
        ("从收到申请至办结的时间不得超过10个工作日", "收到申请"),
        ("省、自治区、直辖市应当在接到报告1小时内上报", "接到报告"),
        ("在收到（接到）通知后5日内", "收到（接到）通知"),
        ("从收到（或接到）投诉后5日内", "收到（或接到）投诉"),
        ("（三）受理之日起5日内", "受理"),
        ("收到申请后，符合条件的，应当在10日内登记", "收到申请"),
        ("材料齐全后10日内登记", "材料齐全"),
    ],
)
def test_the_words_of_the_trigger(text, trigger):
    assert rc.parse_limit(text).trigger_words == trigger


def test_each_of_two_limits_in_a_sentence_has_the_trigger_beside_it():
    for text, triggers in (
        ("自收到整改通知书之日起7日内完成整改，并在整改完成后3日内报告", ["收到整改通知书", "整改完成"]),
        ("自受理之日起5日内立案，立案后应当在3日内通知", ["受理", "立案"]),
    ):
        assert [each.trigger_words for each in rc.parse_limits(text)] == triggers


def test_two_times_set_for_one_step():
    legal, promised = rc.parse_limits("办理时限：法定20个工作日，承诺5个工作日")
    assert (made(legal.rule), made(promised.rule)) == (within(20, WD), promise(5, WD))


@pytest.mark.parametrize(
    "text",
    [
        "2022年3月29日前印发实施的规范性文件继续有效",
        "1月1日前由县级人民政府批准取得的许可证继续有效",
        "届满三十日前提出的申请",
        "每年1月1日前出台的文件",
        "2021年12月31日前向社会公布的目录有效",
    ],
)
def test_what_a_date_describes_is_not_acted_on(text):
    assert rc.parse_limits(text) == ()


@pytest.mark.parametrize("text", NO_LIMIT)
def test_what_is_no_limit_is_not_read_as_one(text):
    with pytest.raises(rc.UnreadableLimitError, match="no limit is read"):
        rc.parse_limit(text)
    assert rc.parse_limits(text) == ()


# several limits, and the unit -----------------------------------------------------------------------------------------


def test_several_limits_are_counted_and_not_chosen_from():
    text = "自收到申请之日起5日内受理，10日内办结"
    with pytest.raises(rc.UnreadableLimitError, match="2 limits") as caught:
        rc.parse_limit(text)
    assert caught.value.count == 2
    assert "parse_limits" in caught.value.hint
    first, second = rc.parse_limits(text)
    assert first.trigger_words == "收到申请"
    assert (second.trigger_words, "start" in second.unsaid) == ("", True)


def test_one_limit_beside_one_that_cannot_be_counted_is_refused():
    text = "6月底前完成，每季度至少检查一次"
    with pytest.raises(rc.UnreadableLimitError, match="not by the year"):
        rc.parse_limit(text)
    assert [made(parsed.rule) for parsed in rc.parse_limits(text)] == [by_end_of(6)]


def test_two_days_share_one_word():
    found = rc.parse_limits("每年6月20日和12月底前报送")
    assert [made(parsed.rule) for parsed in found] == [before(6, 20), by_end_of(12)]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("每年3月31日、9月30日前各上报1次", [before(3, 31), before(9, 30)]),
        ("每年6月30日和12月31日前分别报送1次", [before(6, 30), before(12, 31)]),
        ("市级每年至少2次、县级每年至少1次", [times(2), times(1)]),
        ("每年市级至少2次、县级至少1次", [times(2), times(1)]),
        ("市级不少于2次、县级不少于1次", [times(2), times(1)]),
        ("每年培训2次以上、演练1次", [times(2), times(1)]),
        ("6月底前至少开展1次自查", [by_end_of(6)]),
        ("受理（1个工作日）→审核（3个工作日）", [within(1, WD), within(3, WD)]),
        ("由6月底前调整为12月底前", [by_end_of(12)]),
        ("自公告之日起60日内至少刊登3次", [within(60, CD)]),
        ("办理期限为5个工作日，最长不超过10个工作日", [within(5, WD), within(10, WD)]),
        ("将6月30日前改为9月30日前", [before(9, 30)]),
    ],
)
def test_none_of_several_is_lost(text, rules):
    assert [made(parsed.rule) for parsed in rc.parse_limits(text)] == rules


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("20个工作日内（不包括听证、检验、检测、鉴定时间）", ("听证", "检验", "检测", "鉴定")),
        ("20个工作日内办结（不包括依法需要听证、鉴定的时间）", ("听证", "鉴定")),
        ("20个工作日（不含公示和专家评审所需时间）内", ("公示", "专家评审")),
        ("办理时限：20个工作日（不含公示期）", ("公示",)),
        ("自受理之日起20个工作日内作出决定，听证、检验、检测所需时间不计算在内", ("听证", "检验", "检测")),
        ("20个工作日内作出决定（专家评审时间不计算在内）", ("专家评审",)),
        ("20个工作日内作出决定。听证所需时间不计算在前款规定的期限内。", ("听证",)),
        ("20个工作日内办结，补正时间除外", ("补正",)),
        ("20个工作日内作出答复；需要检测、鉴定的，所需时间不计算在内", ("检测", "鉴定")),
        ("20个工作日内批复，依法应当进行听证的，其时间不计入办理时限", ("听证",)),
        ("20个工作日内办结，其中专家评审、公示时间除外", ("专家评审", "公示")),
        ("20个工作日内处理完毕，检测期间不计入办案期限", ("检测",)),
        ("自受理之日起20个工作日内，法律另有规定的除外", ()),
        ("除法律另有规定外，自受理之日起20个工作日内", ()),
        ("除不可抗力外，应当在20个工作日内", ()),
        ("扣除保证金后20个工作日内", ()),
        ("自受理之日起20个工作日内返还，不计利息", ()),
        ("20个工作日内作出决定；但是复议期限少于20个工作日的除外", ()),
        ("自受理之日起20个工作日内", ()),
    ],
)
def test_the_time_that_is_not_counted_is_told_by_its_reasons(text, reasons):
    rule = rc.parse_limit(text).rule
    assert made(rule) == within(20, WD)
    assert tuple(reason for each in rule.norm.excludes for reason in each.reasons) == reasons


def test_a_hearing_that_is_not_counted_moves_the_end():
    rule = rc.parse_limit("自受理之日起20个工作日内（不含听证时间）").rule
    hearing = rc.Exclusion(date(2022, 7, 4), date(2022, 7, 8), reason="听证")
    case = rc.Case(rule, date(2022, 6, 27))
    assert case.deadline().due == date(2022, 7, 25)
    assert case.add(hearing).deadline().due == date(2022, 8, 1)


def test_a_limit_repeated_as_the_case_in_which_it_was_not_kept_is_one():
    text = "应当在二十日内作出决定；二十日内不能作出决定的，经批准可以延长"
    assert made(rc.parse_limit(text).rule) == within(20, CD)
    assert made(rc.parse_limit("收到申请之日起5日内未答复的").rule) == within(5, CD)


def test_the_instrument_says_what_a_day_is():
    as_working = rc.parse_limit("自受理之日起5日内", days_as=WD)
    assert (made(as_working.rule), as_working.unsaid) == (within(5, WD), ())
    as_calendar = rc.parse_limit("自受理之日起5日内", days_as=CD)
    assert (made(as_calendar.rule), as_calendar.unsaid) == (within(5, CD), ("roll",))
    assert [made(each.rule) for each in rc.parse_limits("5日内，5个自然日内", days_as=WD)] == [
        within(5, WD),
        within(5, CD),
    ]
    with pytest.raises(rc.InvalidPeriodError, match="日 is"):
        rc.parse_limit("5日内", days_as=MONTH)


def test_only_text_is_read():
    with pytest.raises(rc.UnreadableLimitError, match="a text is needed"):
        rc.parse_limits(15)


def test_a_line_end_parts_numbers_and_a_blank_spoils_them():
    assert made(rc.parse_limit("1\n15日内").rule) == within(15, CD)
    assert made(rc.parse_limit("1 \n 15 日 内").rule) == within(15, CD)
    assert rc.parse_limits("1 15日内") == ()


def test_a_rule_that_was_read_gives_a_date_with_proof():
    parsed = rc.parse_limit("自收到申请之日起十五个工作日内")
    deadline = parsed.rule.deadline(date(2022, 6, 27), region="640500")
    assert deadline.due == date(2022, 7, 20)
    assert "15" in deadline.explain("zh")
    assert pickle.loads(pickle.dumps(parsed)) == parsed
    assert hash(parsed) == hash(rc.parse_limit("自收到申请之日起十五个工作日内"))
    with pytest.raises(rc.InvalidCaseError):
        parsed.rule.deadline(date(2022, 6, 27), trigger_kind="served")


def test_the_parts_of_a_limit():
    text = "应自 收到申请 之日起１５ 个工作日以内"
    parsed = rc.parse_limit(text)
    parts = {part.name: text[part.start : part.end] for part in parsed.spans}
    assert parts == {
        "whole": "自 收到申请 之日起１５ 个工作日以内",
        "trigger": "收到申请",
        "amount": "１５",
        "unit": "个工作日",
        "direction": "以内",
    }
    text = "每年开展1-2次；2022年3月1日前；每年至少 三次"
    quota, day, least = [
        {part.name: text[part.start : part.end] for part in parsed.spans} for parsed in rc.parse_limits(text)
    ]
    assert quota == {"whole": "每年开展1-2次", "period": "每年", "amount": "1", "most": "2", "unit": "次"}
    assert day == {"whole": "2022年3月1日前", "date": "2022年3月1日", "year": "2022", "direction": "前"}
    assert least == {"whole": "每年至少 三次", "period": "每年", "direction": "至少", "amount": "三", "unit": "次"}


def test_days_that_share_one_word_do_not_share_their_places():
    text = "每年1月15日和7月15日前"
    first, second = rc.parse_limits(text)
    assert [text[part.start : part.end] for part in first.spans] == ["每年1月15日", "每年1月15日"]
    assert [text[part.start : part.end] for part in second.spans] == ["7月15日前", "7月15日", "前"]


def test_a_line_or_a_blank_tells_a_paragraph_and_a_bullet_from_a_number():
    assert made(rc.parse_limit("一、15日内").rule) == made(rc.parse_limit("分工\n一、15日内").rule) == within(15, CD)
    assert made(rc.parse_limit("二、\n十五日内").rule) == within(15, CD)
    assert made(rc.parse_limit("- 15日内").rule) == within(15, CD)
    assert made(rc.parse_limit("二、每年年底前").rule) == by_end_of(12)


def test_the_time_set_for_a_step_ends_with_its_figure():
    legal, promised = rc.parse_limits("法定办结时限：20个工作日 承诺办结时限：5个工作日")
    assert (made(legal.rule), made(promised.rule)) == (within(20, WD), promise(5, WD))


def test_a_floor_with_a_ceiling_is_read_as_the_floor_alone():
    text = "每年不少于2次且不超过4次"
    assert [made(each.rule) for each in rc.parse_limits(text)] == [times(2)]
    with pytest.raises(rc.UnreadableLimitError, match="a ceiling"):
        rc.parse_limit(text)


def test_what_one_of_two_says_is_not_given_to_the_other():
    with pytest.raises(rc.UnreadableLimitError, match="its year cannot be read"):
        rc.parse_limit("2022年6月30日和12月31日前")
    assert [made(each.rule) for each in rc.parse_limits("2022年6月30日和12月31日前")] == [before(6, 30, year=2022)]
    with pytest.raises(rc.UnreadableLimitError, match="may count the day"):
        rc.parse_limit("含当日，5日内受理，10日内办结")
    with pytest.raises(rc.UnreadableLimitError, match="its trigger is another limit"):
        rc.parse_limit("受理后，3个工作日内后5个工作日内")


def test_the_old_figure_is_not_the_promised_one():
    found = rc.parse_limits("由原来的20个工作日内压缩至5个工作日内")
    assert [made(each.rule) for each in found] == [promise(5, WD)]


def test_a_figure_in_the_words_of_a_trigger_is_no_limit_of_its_own():
    found = rc.parse_limits("自2022年6月1日前受理之日起15日内")
    assert [(made(each.rule), each.trigger_words) for each in found] == [(within(15, CD), "2022年6月1日前受理")]


def test_a_day_that_is_counted_is_the_first():
    counted = rc.parse_limit("自收到申请之日（含当日）起3个工作日内").rule
    plain = rc.parse_limit("自收到申请之日起3个工作日内").rule
    monday = date(2022, 6, 27)
    assert counted.deadline(monday, region="640500").due == date(2022, 6, 29)
    assert plain.deadline(monday, region="640500").due == date(2022, 6, 30)


# a whole notice -------------------------------------------------------------------------------------------------------

PUBLIC_30 = floor(30, CD, OPEN, usual=True)
NOTICE = [
    # what it makes, its trigger, the figure as written, what is inferred
    (by_end_of(6), "", "6月底前", ()),
    (within(15, WD), "收到备案申请", "15个工作日", ()),
    (promise(3, WD), "", "3个工作日", ()),
    (PUBLIC_30, "", "30日", ()),
    (floor(7, WD, OPEN, usual=True), "", "7个工作日", ()),
    (PUBLIC_30, "", "30日", ()),
    (times(1), "", "至少对1件", ("year",)),
    (times(1), "", "年度", ()),
    (by_end_of(12), "", "年底", ("date",)),
    (times(1, at_most=2), "", "1-2项", ("year",)),
    (by_end_of(6), "", "6月底前", ()),
    (times(1), "", "每年至少举办1期", ()),
    (times(2), "", "2期以上", ()),
    (times(2), "", "2期以上", ()),
    (times(1), "", "至少组织开展1次", ("year",)),
    (times(1), "", "不少于1次", ()),
    (before(3, 1), "", "3月1日前", ()),
    (before(4, 1), "", "4月1日前", ()),
]
STAND_IN = """某市府办〔2023〕7号，2023年3月2日经第5次会议议定。依照五年规划（2021-2025年），
围绕两个方面、12 个专班推进。
（一）6月底前编好事项表。镇上审看材料，自收到备案申请之日起，合格的在15个
工作日内登记，不合格的及时退回。开店加快，实际办理不超过3个工作日。
（二）草案一律公开征求意见，时间一般不少于30日。其他文件公开征求意见，
时间一般不少于7个工作日（涉企的一般不少于30日）。
（三）至少对1件在用文件做评估，适时清理。制定年度决策事项目录，年度目录事项
全部归档。年底评选好案例。各局部署开展 1-2 项监督活动，定期抽查。
（四）6月底前配齐人员，力争出庭率达100%。
（五）各局每年至少举办1期培训。领导每年应当举办2期以上讲座。
局领导每年应当举办2期以上讲座，至少组织开展1次旁听。
（六）写进年度工作计划，年度重点会议不少于1次。各县在3月1日前上报上一年度情况，
并在4月1日前公开。及时送年度报告，列入年终述职。
2023年3月3日印发"""
SEED = Path(__file__).parents[3] / "shared" / "seed" / "zhongwei-2022-24.txt"
TEXTS = [STAND_IN, *([SEED.read_text(encoding="utf-8")] if SEED.exists() else [])]


@pytest.mark.parametrize("text", TEXTS, ids=["stand-in", "the notice"][: len(TEXTS)])
def test_every_dated_window_of_a_notice_and_nothing_else(text):
    found = rc.parse_limits(text)
    said = [(made(each.rule), each.trigger_words, each.rule.norm.written, each.rule.norm.inferred) for each in found]
    assert said == NOTICE


def test_the_notice_as_read_is_the_notice_as_held():
    """The catalogue's rules and the text's agree, but for what the catalogue knows from outside the sentence."""
    rules = [
        rule
        for rule in rc.catalogue().of("zhongwei-2022").values()
        if rule.is_computable and rule.norm.written and rule.limit
    ]
    held = {(rule.kind, str(rule.limit).replace("2022-", ""), rule.norm.written) for rule in rules}
    read = {(kind, str(limit), written) for (kind, limit), _, written, _ in NOTICE}
    assert read == {each for each in held if each[0] is not rc.Kind.PLAN_TASK}


# laws -----------------------------------------------------------------------------------------------------------------

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
UNITS = {"个工作日": WD, "日": CD, "天": CD, "个月": MONTH, "年": YEAR, "小时": HOUR, "个小时": HOUR, "自然日": CD}
SHAPES = {
    "{}内": within,
    "{}以内": within,
    "自受理之日起{}内": within,
    "收到申请后，应当在{}之内答复": within,
    "不得超过{}": within,
    "承诺{}内": promise,
    "期限不少于{}": floor,
    "提前{}告知": back,
    "会议召开{}前": back,
}
WRITINGS = (str, write_numeral, lambda n: str(n).translate(WIDE))
amounts = st.integers(1, 99)
units = st.sampled_from(list(UNITS))
shapes = st.sampled_from(list(SHAPES))
writings = st.sampled_from(WRITINGS)
limits = st.builds(
    lambda shape, write, n, unit: shape.format(write(n) + unit), shapes, writings, amounts, units
) | st.sampled_from([row[0] for row in OTHERS + WINDOWS])
WORDS = ("各单位", "请认真落实", "结合实际", "抓好工作", "（附件）", "《办法》")


def the_rule(parsed):
    """The rule but for the figure as written."""
    return made(parsed.rule), parsed.rule.trigger, parsed.unsaid


@given(shapes, amounts, units)
def test_an_amount_is_the_same_in_all_numerals(shape, amount, unit):
    texts = [shape.format(write(amount) + unit) for write in WRITINGS]
    arabic, chinese, wide = map(rc.parse_limit, texts)
    assert the_rule(arabic) == the_rule(chinese) == the_rule(wide)
    assert made(arabic.rule) == SHAPES[shape](amount, UNITS[unit])
    for text, parsed in zip(texts, (arabic, chinese, wide), strict=True):
        parts = {part.name: text[part.start : part.end] for part in parsed.spans}
        assert (read_numeral(parts["amount"]), parts["unit"]) == (amount, unit)
        assert parsed.rule.norm.written == parts["amount"] + parts["unit"]


@given(limits, st.data())
def test_blanks_between_words_change_no_more_than_the_places(text, data):
    blanks = st.sampled_from(["", "", " ", "\n", "　", "\u200b"])
    gaps = [""] + ["" if one.isdigit() and other.isdigit() else data.draw(blanks) for one, other in pairwise(text)]
    spaced = "".join(gap + glyph for gap, glyph in zip(gaps, text, strict=True))
    tight, loose = rc.parse_limit(text), rc.parse_limit(spaced)
    assert loose.rule == tight.rule
    assert loose.unsaid == tight.unsaid
    drop = str.maketrans("", "", " \n　\u200b")
    for one, other in zip(tight.spans, loose.spans, strict=True):
        assert one.name == other.name
        assert spaced[other.start : other.end].translate(drop) == text[one.start : one.end]


@given(limits, st.lists(st.sampled_from(WORDS)), st.sampled_from("。；"), st.sampled_from(["", "，抓好落实。", "。"]))
def test_words_around_a_limit_only_move_it(text, words, stop, tail):
    assume(not (text.startswith("截") and tail.startswith("，")))  # 截至6月20日，… tells how things stood
    lead = "".join(words) + stop
    alone, within_words = rc.parse_limit(text), rc.parse_limit(lead + text + tail)
    assert within_words.rule == alone.rule
    assert within_words.trigger_words == alone.trigger_words
    moved = [(part.name, part.start + len(lead), part.end + len(lead)) for part in alone.spans]
    assert [(part.name, part.start, part.end) for part in within_words.spans] == moved


@given(st.lists(limits, min_size=1, max_size=4))
def test_limits_of_several_sentences_are_those_of_each(texts):
    assume(len(set(texts)) == len(texts))
    whole = "。".join(texts)
    assert [each.rule for each in rc.parse_limits(whole)] == [rc.parse_limit(text).rule for text in texts]


GRAMMAR = (
    "自从在收到受理公布之日起后，。（）、15３十两百零年月底个工"
    "作小时天前内以上不超过少于至少每次期项第的提前通知延长 \n-"
)


@given(st.text(GRAMMAR, max_size=60) | st.text(max_size=40) | st.lists(limits).map("".join))
def test_any_text_is_read_or_refused(text):
    found = rc.parse_limits(text)
    for parsed in found:
        whole = parsed.spans[0]
        assert whole.name == "whole"
        assert all(whole.start <= part.start < part.end <= whole.end <= len(text) for part in parsed.spans[1:])
        trigger = [text[part.start : part.end] for part in parsed.spans if part.name == "trigger"]
        assert "".join(trigger) == parsed.trigger_words
    assert all(one.spans[0].end <= other.spans[0].start for one, other in pairwise(found))
    try:
        assert rc.parse_limit(text) == found[0]
        assert len(found) == 1
    except rc.UnreadableLimitError as err:
        assert err.code == "unreadable-limit"
