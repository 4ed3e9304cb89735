using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Reads one unit of time at a position: a year, month, week, day or a section of one, with whatever
/// belongs to it (<c>今年前5个月</c>, <c>6月中旬</c>, <c>21-23日</c>, <c>昨（18）日下午</c>). It looks only at the unit's own
/// characters; whether the surroundings allow a date there is the tagger's decision.
/// </summary>
internal readonly ref partial struct DateScanner(ReadOnlySpan<char> text, int end, TermIndex terms)
{
    private static readonly TermSet DateWords = TermSet.Of(TermClass.DateWord);
    private static readonly TermSet DayParts = TermSet.Of(TermClass.DayPart);
    private static readonly TermSet SeasonsAndFeasts = TermSet.Of(TermClass.Season, TermClass.Feast);
    private readonly ReadOnlySpan<char> _text = text[..end];
    private readonly TermIndex _terms = terms;

    /// <summary>The text up to the paragraph's end.</summary>
    internal ReadOnlySpan<char> Text => _text;

    /// <summary>The character at an offset, or NUL outside the paragraph.</summary>
    internal char At(int offset) => (uint)offset < (uint)_text.Length ? _text[offset] : '\0';

    /// <summary>Whether the paragraph goes on like this at an offset.</summary>
    internal bool IsAt(int offset, string word) => offset <= _text.Length && _text[offset..].StartsWith(word, StringComparison.Ordinal);

    /// <summary>The offset behind at most two spaces; a lost repair must not hide a date.</summary>
    internal int SkipSpace(int offset)
    {
        int limit = offset + 2;
        while (offset < limit && At(offset) is ' ' or '\u3000') offset++;
        return offset;
    }

    /// <summary>Reads the unit that starts at <paramref name="at"/> and moves behind it.</summary>
    internal bool TryUnit(ref int at, out DateDraft draft)
    {
        draft = default;
        int p = at;
        bool found = TryYear(ref p, ref draft);
        if (found)
        {
            if (!draft.IsList) ReadBehindYear(ref p, ref draft);
        }
        else
        {
            found = TryMonth(ref p, ref draft) || TryDayWord(ref p, ref draft) || TryWeek(ref p, ref draft)
                || TryDays(ref p, ref draft) || TryYearSection(ref p, ref draft);
        }
        if (found) at = p;
        return found;
    }

    /// <summary>Reads a connector of ranges (<c>至</c>, <c>—</c>, <c>到</c>, …) and moves behind it.</summary>
    internal bool TryConnector(ref int at)
    {
        int p = SkipSpace(at);
        if (IsAt(p, "起至")) p += 2;
        else if (At(p) is '至' or '到') p++;
        else if (IsDash(At(p)))
        {
            while (IsDash(At(p))) p++;
        }
        else return false;
        at = SkipSpace(p);
        return true;
    }

    /// <summary>Whether a dash of any kind, as ranges are written with it.</summary>
    internal static bool IsDash(char c) => c is '-' or '—' or '–' or '－' or '~' or '～' or '〜' or '─' or '―' or '−' or '‐' or '‑';

    /// <summary>Reads the part of day behind a day: <c>下午</c>, <c>晚</c>.</summary>
    internal void ReadDayPart(ref int at)
    {
        if (!_terms.TryStart(at, DayParts, out LexiconHit hit) || hit.End > _text.Length) return;
        // 29日晚宴, 3日夜市, 8日早餐: the character belongs to the next word.
        if (hit.Length == 1 && At(hit.End) is '宴' or '餐' or '市' or '报' or '期' or '会' or '场' or '稻' or '些') return;
        at = hit.End;
    }

    /// <summary>Reads <c>前</c>, <c>以前</c>, <c>以后</c>, <c>内</c> and the like behind a unit, as far as they belong to the text.</summary>
    internal DateBound ReadBound(ref int at, in DateDraft unit)
    {
        if (IsAt(at, "以前") || IsAt(at, "之前"))
        {
            at += 2;
            return DateBound.Until;
        }
        if (IsAt(at, "以后") || IsAt(at, "之后"))
        {
            at += 2;
            return DateBound.From;
        }
        bool isFixed = unit.Day.Base is DateBase.Number or DateBase.None;
        if (At(at) == '前' && isFixed && !OpensOtherWord('前', At(at + 1)) && !(Numeral.HanDigit(At(at + 1)) > 0 && At(at + 2) is '天' or '日' or '周' or '个' or '月' or '年' or '季'))
        {
            at++;
            return DateBound.Until;
        }
        if (At(at) == '后' && isFixed && !unit.IsBareDay && !OpensOtherWord('后', At(at + 1)))
        {
            at++;
            return DateBound.From;
        }
        // 2020年以来
        if (IsAt(at, "以来") && !unit.Day.IsGiven)
        {
            at += 2;
            return DateBound.From;
        }
        // 年内 is a limit, as a word or behind a year; 本周内 and 6月内 are the whole of it.
        if (at >= 2 && IsAt(at - 2, "年内")) return DateBound.Until;
        if (At(at) == '内' && At(at - 1) == '年' && At(at + 1) is not ('蒙' or '地' or '部' or '需' or '外'))
        {
            at++;
            return DateBound.Until;
        }
        if (At(at) == '内' && !unit.Day.IsGiven && At(at + 1) is not ('蒙' or '地' or '部' or '需' or '外')) at++;
        return DateBound.None;
    }

    /// <summary>Whether <c>前</c> or <c>后</c> opens another word with the next character: <c>前往</c>, <c>后续</c>.</summary>
    internal static bool OpensOtherWord(char c, char next) => c == '前'
        ? next is '往' or '来' or '去' or '赴' or '期' or '身' or '任' or '后' or '夕' or '台' or '列' or '锋' or '排' or '沿' or '景' or '几' or '不' or '段' || char.IsAsciiDigit(next)
        : next is '续' or '勤' or '来' or '备' or '方' or '面' or '期' or '天' or '台' or '者';

    private bool TryYear(ref int at, ref DateDraft draft)
    {
        if (TryWord(at, RelativeDateWords.Unit.Year, out int wordEnd, out RelativeDateWords.Meaning meaning) && meaning.Section == DateSection.Whole)
        {
            if (At(wordEnd) == '度') return false;
            draft.Year = meaning.Part;
            at = wordEnd;
            return true;
        }
        int p = at, era = 0;
        if (IsAt(p, "民国"))
        {
            era = 1911;
            p += 2;
        }
        if (era > 0 && IsAt(p, "元年"))
        {
            draft.Year = DatePart.Number(1912);
            at = p + 2;
            return true;
        }
        if (TryDecade(ref at, ref draft)) return true;
        if (!Numeral.TryRead(_text, p, out Numeral number)) return false;
        p += number.Length;
        int q = SkipSpace(p);
        if (At(q) == '年')
        {
            int year = era > 0 ? number.Value + era : FullYear(number, q + 1);
            if (year is < 1000 or > 2100 || At(q + 1) is '度' or '级' or '版' or '届') return false;
            draft.Year = DatePart.Number(year);
            draft.IsHan = number.IsHan;
            at = q + 1;
            return true;
        }
        // 2007—2009年
        if (number.Length != 4 || !number.IsPositional || !TryConnector(ref p)) return false;
        if (!Numeral.TryRead(_text, p, out Numeral last) || last.Length != 4 || At(p + 4) != '年') return false;
        if (number.Value < 1000 || last.Value <= number.Value || last.Value > 2100 || At(p + 5) == '度') return false;
        draft.Year = DatePart.Number(number.Value);
        draft.LastYear = DatePart.Number(last.Value);
        draft.IsList = true;
        at = p + 5;
        return true;
    }

    /// <summary>Decades: <c>20世纪70年代</c>, <c>上世纪九十年代</c>, <c>1980年代</c>, <c>八十年代</c>.</summary>
    private bool TryDecade(ref int at, ref DateDraft draft)
    {
        int p = at, century = 1900;
        if (IsAt(p, "上世纪") || IsAt(p, "上个世纪")) p += At(p + 1) == '个' ? 4 : 3;
        else if (Numeral.TryRead(_text, p, out Numeral counted) && IsAt(p + counted.Length, "世纪"))
        {
            if (counted.Value is < 15 or > 21) return false;
            century = 100 * (counted.Value - 1);
            p += counted.Length + 2;
        }
        if (!Numeral.TryRead(_text, p, out Numeral number) || !IsAt(p + number.Length, "年代")) return false;
        int year = number.Value is >= 1500 and <= 2090 ? number.Value : number.Value is >= 10 and <= 90 ? century + number.Value : 0;
        if (year == 0 || year % 10 != 0) return false;
        draft.Year = DatePart.Number(year);
        draft.LastYear = DatePart.Number(year + 9);
        draft.IsList = true;
        at = p + number.Length + 2;
        return true;
    }

    /// <summary>
    /// The year that a number in front of 年 means, or 0 where it counts years: four digits are the year; two
    /// (<c>98年6月</c>) or, of the Republic's era, three (<c>112年6月30日</c>) only with a month behind them.
    /// </summary>
    private int FullYear(Numeral number, int behind)
    {
        if (!number.IsPositional) return 0;
        if (number.Length == 4) return number.Value;
        behind = SkipSpace(behind);
        bool hasMonth = Numeral.TryRead(_text, behind, out Numeral month) && month.Value is >= 1 and <= 12 && At(behind + month.Length) == '月';
        if (!hasMonth) return 0;
        return number.Length switch
        {
            2 => number.Value >= 50 ? 1900 + number.Value : 2000 + number.Value,
            3 when number.Value is >= 100 and < 150 => number.Value + 1911,
            _ => 0,
        };
    }

    private void ReadBehindYear(ref int at, ref DateDraft draft)
    {
        int p = SkipSpace(at);
        if (TryMonth(ref p, ref draft) || TryYearSection(ref p, ref draft))
        {
            at = p;
            return;
        }
        if (IsAt(at, "此时"))
        {
            draft.Month = new DatePart(DateBase.Today, 0);
            at += 2;
            return;
        }
        DateSection section = SectionAt(at);
        if (section != DateSection.Whole)
        {
            draft.Section = section;
            at++;
        }
        else if (_terms.TryStart(at, SeasonsAndFeasts, out LexiconHit hit) && hit.End <= _text.Length && !IsCompound(hit))
        {
            draft.IsVague = true;
            at = hit.End;
        }
    }

    // 2003年春运, 2010年秋收: a season's single character may open another word.
    private bool IsCompound(LexiconHit hit) =>
        hit.Length == 1 && At(hit.End) is '运' or '耕' or '播' or '灌' or '茶' or '游' or '晚' or '训' or '招' or '交' or '粮' or '收' or '种' or '汛' or '闲' or '令' or '笋' or '蚕' or '夏' or '秋' or '冬';

    /// <summary><c>底</c>, <c>末</c>, <c>初</c> and <c>中</c> behind 年 or 月.</summary>
    private DateSection SectionAt(int at) => At(at) switch
    {
        '底' or '末' => DateSection.End,
        '初' when At(at + 1) is not ('中' or '级' or '步' or '审' or '赛' or '选' or '评' or '心') && Numeral.HanDigit(At(at + 1)) < 0 => DateSection.Beginning,
        '中' when At(at + 1) is '，' or '。' or '、' or '；' or '前' or '\0' => DateSection.Middle,
        _ => DateSection.Whole,
    };

    /// <summary>Half-years, quarters and leading months: <c>上半年</c>, <c>第三季度</c>, <c>前三季度</c>, <c>前5个月</c>, <c>年底</c>.</summary>
    private bool TryYearSection(ref int at, ref DateDraft draft)
    {
        int p = at;
        if (TryWord(at, RelativeDateWords.Unit.Year, out int wordEnd, out RelativeDateWords.Meaning meaning) && meaning.Section != DateSection.Whole)
        {
            if (!draft.Year.IsGiven) draft.Year = meaning.Part;
            draft.Section = meaning.Section;
            at = wordEnd;
            return true;
        }
        bool leading = At(p) is '前' or '首'; // 首九个月
        bool ordinal = At(p) == '第';
        if (At(p) == '首' && IsAt(p + 1, "季度")) return Quarter(ref at, p + 3, 1, DateSection.Quarter, ref draft);
        if (leading || ordinal) p++;
        if (!Numeral.TryRead(_text, p, out Numeral number)) return false;
        p += number.Length;
        if (IsAt(p, "季度") && number.Value is >= 1 and <= 4)
            return Quarter(ref at, p + 2, number.Value, leading ? DateSection.FirstQuarters : DateSection.Quarter, ref draft);
        // 明年第二季
        if (ordinal && draft.Year.IsGiven && At(p) == '季' && number.Value is >= 1 and <= 4 && At(p + 1) is not ('赛' or '度' or '茶' or '播'))
            return Quarter(ref at, p + 1, number.Value, DateSection.Quarter, ref draft);
        if (!leading || number.Value is < 2 or > 12) return false;
        if (IsAt(p, "个月")) p += 2;
        else if (At(p) == '月') p++;
        else return false;
        if (!draft.Year.IsGiven) draft.Year = new DatePart(DateBase.Today, 0);
        draft.Section = DateSection.FirstMonths;
        draft.SectionNumber = (byte)number.Value;
        at = p;
        return true;
    }

    private bool Quarter(ref int at, int behind, int number, DateSection section, ref DateDraft draft)
    {
        if (!draft.Year.IsGiven) draft.Year = new DatePart(DateBase.Today, 0);
        if (At(behind) is '末' or '底')
        {
            draft.Month = DatePart.Number(number * 3); // the quarter's last month
            at = behind + 1;
            return true;
        }
        draft.Section = section;
        draft.SectionNumber = (byte)number;
        at = behind;
        return true;
    }

    private bool TryMonth(ref int at, ref DateDraft draft)
    {
        if (TryWord(at, RelativeDateWords.Unit.Month, out int wordEnd, out RelativeDateWords.Meaning meaning))
        {
            draft.Month = meaning.Part;
            draft.Section = meaning.Section;
            at = wordEnd;
            if (draft.Section == DateSection.Whole) ReadBehindMonth(ref at, ref draft);
            return true;
        }
        int p = at;
        if (IsAt(at, "元月"))
        {
            draft.Month = DatePart.Number(1);
            at += 2;
            ReadBehindMonth(ref at, ref draft);
            return true;
        }
        if (!Numeral.TryRead(_text, p, out Numeral number) || number.Value is < 1 or > 12 || number.Length > 2) return false;
        p = SkipSpace(p + number.Length);
        if (At(p) == '月')
        {
            if (IsMonthCompound(p + 1)) return false;
            draft.Month = DatePart.Number(number.Value);
            draft.IsHan = number.IsHan;
            at = p + 1;
            ReadBehindMonth(ref at, ref draft);
            return true;
        }
        // 3至5月, 6、7月
        if (At(p) == '、') p++;
        else if (!TryConnector(ref p)) return false;
        if (!Numeral.TryRead(_text, p, out Numeral last) || last.Value <= number.Value || last.Value > 12 || At(p + last.Length) != '月') return false;
        p += last.Length + 1;
        if (IsMonthCompound(p) || Numeral.TryRead(_text, p, out _)) return false;
        draft.Month = DatePart.Number(number.Value);
        draft.LastMonth = DatePart.Number(last.Value);
        draft.IsList = true;
        draft.IsHan = number.IsHan;
        at = At(p) == '份' ? p + 1 : p;
        return true;
    }

    // 8月饼, 3月嫂: 月 belongs to the next word.
    private bool IsMonthCompound(int behind) => At(behind) is '饼' or '嫂' or '龄' or '球' or '薪' or '租' or '均' or '票' or '台' or '光' or '亮';

    private void ReadBehindMonth(ref int at, ref DateDraft draft)
    {
        if (At(at) == '份') at++;
        int p = SkipSpace(at);
        if (TryDays(ref p, ref draft))
        {
            at = p;
            return;
        }
        if (IsAt(at, "中下旬") || IsAt(at, "上中旬"))
        {
            draft.IsList = true;
            (draft.Section, draft.LastSection) = At(at) == '中' ? (DateSection.Middle, DateSection.End) : (DateSection.Beginning, DateSection.Middle);
            at += 3;
            return;
        }
        DateSection section = At(at + 1) != '旬' ? DateSection.Whole : At(at) switch
        {
            '上' => DateSection.Beginning,
            '中' => DateSection.Middle,
            '下' => DateSection.End,
            _ => DateSection.Whole,
        };
        if (section != DateSection.Whole) at += 2;
        else if ((section = SectionAt(at)) != DateSection.Whole)
        {
            if (section == DateSection.End) section = DateSection.LastDay;
            at++;
        }
        else if (IsAt(at, "月底") || IsAt(at, "月末"))
        {
            section = DateSection.LastDay;
            at += 2;
        }
        draft.Section = section;
    }
}
