using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <content>Days, weeks and the words that count from today or from the day in force.</content>
internal readonly ref partial struct DateScanner
{
    /// <summary>Days of a month: <c>8日</c>, <c>21-23日</c>, <c>5、6日</c>, with weekday in brackets and part of day.</summary>
    private bool TryDays(ref int at, ref DateDraft draft)
    {
        int p = at, first = 0, last = 0, count = 0;
        bool han = false;
        while (true)
        {
            if (!Numeral.TryRead(_text, p, out Numeral number) || number.Value is < 1 or > 31 || number.Length > 3) return false;
            if (!number.IsHan && number.Length > 2) return false;
            if (count > 0 && number.IsHan != han) return false; // 二、15日 is an item's number and a day
            han |= number.IsHan;
            if (count++ == 0) first = number.Value;
            else if (number.Value <= last) return false;
            last = number.Value;
            p = SkipSpace(p + number.Length);
            if (At(p) is '日' or '号') break;
            // 6月16上午: 日 may be missing between month and part of day.
            if (draft.Month.IsGiven && _terms.TryStart(p, DayParts, out LexiconHit part) && part.Length > 1)
            {
                p--;
                break;
            }
            if (At(p) == '、') p++;
            else if (!TryConnector(ref p)) return false;
        }
        if (At(p) == '号' && !draft.Month.IsGiven && !IsDayNumber(p + 1)) return false;
        draft.Day = DatePart.Number(first);
        draft.LastDay = DatePart.Number(last);
        draft.IsList = count > 1;
        draft.IsHan |= han;
        at = p + 1;
        ReadBehindDay(ref at);
        return true;
    }

    // A bare 26号 is a house or seat number unless a part of day or a second day follows.
    private bool IsDayNumber(int behind)
    {
        if (_terms.TryStart(behind, DayParts, out _)) return true;
        return TryConnector(ref behind) && Numeral.TryRead(_text, behind, out Numeral last) && At(behind + last.Length) is '号' or '日';
    }

    private void ReadBehindDay(ref int at)
    {
        int p = at;
        if (At(p) == '（' && SkipWeekday(p + 1) is var close and > 0 && At(close) == '）')
        {
            int behind = close + 1;
            int before = behind;
            ReadDayPart(ref behind);
            if (behind > before) at = behind; // the weekday belongs to the text only between day and part of day
            return;
        }
        ReadDayPart(ref at);
    }

    private int SkipWeekday(int at)
    {
        int p = IsAt(at, "星期") ? at + 2 : At(at) == '周' ? at + 1 : 0;
        return p > 0 && WeekdayAt(p) > 0 ? p + 1 : 0;
    }

    /// <summary>Monday 1 … Sunday 7; 8 for the weekend; 0 for none.</summary>
    private int WeekdayAt(int at) => At(at) switch
    {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '天' => 7,
        '日' when At(at + 1) != '本' => 7,
        '末' => 8,
        _ => 0,
    };

    private bool TryWeek(ref int at, ref DateDraft draft)
    {
        if (!TryWord(at, RelativeDateWords.Unit.Week, out int p, out RelativeDateWords.Meaning meaning)) return TryWeekday(ref at, ref draft);
        // 以上周边, 上周年: 周 belongs to the next word.
        if (At(p) is '边' or '围' or '期' or '年' or '岁' or '密' or '全' or '转' or '刊' or '遭') return false;
        draft.Week = meaning.Part;
        int weekday = At(p + 1) is '次' or '个' or '天' ? 0 : WeekdayAt(p);
        if (weekday > 0)
        {
            draft.Section = weekday == 8 ? DateSection.Weekend : DateSection.Weekday;
            draft.SectionNumber = (byte)weekday;
            p++;
            if (weekday < 8) ReadBehindWeekday(ref p, ref draft);
        }
        at = p;
        return true;
    }

    // 上周三（9日）早上: the number decides.
    private void ReadBehindWeekday(ref int at, ref DateDraft draft)
    {
        if (At(at) == '（' && TryBracketedDay(ref at, false, ref draft)) (draft.Week, draft.Section, draft.SectionNumber) = (default, DateSection.Whole, 0);
        ReadDayPart(ref at);
    }

    /// <summary>A weekday alone: <c>星期五</c>, <c>周三上午</c>; not of a timetable (<c>周一至周五</c>, <c>每周三</c>), and 周 not as somebody's surname.</summary>
    private bool TryWeekday(ref int at, ref DateDraft draft)
    {
        int p = SkipWeekday(at), weekday = p > 0 ? WeekdayAt(p - 1) : 0;
        if (weekday is 0 or > 7) return false;
        int ahead = at;
        while (ahead > 0 && _text[ahead - 1] is ' ' or '\u3000' or '|') ahead--;
        char before = ahead > 0 ? _text[ahead - 1] : '\0';
        if (before is '日' or '号' or '）' or ')' || char.IsAsciiDigit(before)) return false; // 2003年5月9日　星期五
        if (before is '每' or '逢' or '个' or '至' or '到' or '、' or '一' or '两' or '下' or '上' or '本' or '这' or '（' || IsDash(before)) return false;
        int behind = p;
        draft.Week = new DatePart(DateBase.Today, 0);
        draft.Section = DateSection.NearWeekday;
        draft.SectionNumber = (byte)weekday;
        ReadBehindWeekday(ref behind, ref draft);
        bool isOther = (At(at) == '周' && behind == p && At(p) is not ('，' or ',')) || At(behind) is '、' or '至' or '到' or '或' || IsDash(At(behind));
        if (isOther)
        {
            draft = default;
            return false;
        }
        at = behind;
        return true;
    }

    private bool TryDayWord(ref int at, ref DateDraft draft)
    {
        if (!TryWord(at, RelativeDateWords.Unit.Day, out int p, out RelativeDateWords.Meaning meaning)) return false;
        draft.Day = meaning.Part;
        char lastChar = At(p - 1);
        // 同日本 is Japan, 同天津 Tianjin, 第二天然气: the word's last character opens another one.
        if (lastChar == '日' && At(p) == '本' && At(p + 1) is not ('报' or '网' or '台' or '社' or '市' or '县' or '省')) return false;
        // 光明日报: 日 belongs to the paper's name.
        if (lastChar == '日' && At(p) == '报' && at > 0 && _text[at - 1] is >= '\u4e00' and <= '\u9fff') return false;
        if (lastChar == '天' && At(p) is '津' or '然') return false;
        if (At(p) == '（' && TryBracketedDay(ref p, p - at == 1, ref draft))
        {
            ReadDayPart(ref p);
            at = p;
            return true;
        }
        if (p - at == 1) return false; // 昨 and 今 alone are too little
        if (lastChar is '日' or '天') ReadDayPart(ref p);
        at = p;
        return true;
    }

    /// <summary><c>昨（18）日</c>, <c>昨日（18日）</c>, <c>今日（五月十八日）</c>: the number decides, near to today.</summary>
    private bool TryBracketedDay(ref int at, bool isSplit, ref DateDraft draft)
    {
        int p = at + 1;
        var inner = default(DateDraft);
        if (isSplit && Numeral.TryRead(_text, p, out Numeral number) && At(p + number.Length) == '）' && number.Value is >= 1 and <= 31)
        {
            inner.Day = DatePart.Number(number.Value);
            p += number.Length;
        }
        else
        {
            TryYear(ref p, ref inner);
            if (!TryMonth(ref p, ref inner) && !TryDays(ref p, ref inner)) return false;
        }
        if (At(p) != '）' || !inner.IsNumberedDay || inner.IsList) return false;
        p++;
        if (isSplit)
        {
            if (At(p) is '日' or '天') p++;
            else return false;
        }
        draft.Day = inner.Day;
        draft.Month = inner.Month;
        draft.Year = inner.Year.IsGiven ? inner.Year : new DatePart(DateBase.Today, 0);
        at = p;
        return true;
    }

    private bool TryWord(int at, RelativeDateWords.Unit unit, out int behind, out RelativeDateWords.Meaning meaning)
    {
        meaning = default;
        behind = at;
        if (!_terms.TryStart(at, DateWords, out LexiconHit hit) || hit.End > _text.Length) return false;
        behind = hit.End;
        return RelativeDateWords.TryGet(_text[at..behind], out meaning) && meaning.Unit == unit;
    }
}
