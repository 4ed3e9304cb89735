using System.Buffers;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Decides from the characters around a stretch that reads like a date whether it is one.</summary>
internal static class DateContext
{
    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create("，。；、）》”");

    // 为期3日, 第12月, 近5日, 用了三日: the number counts.
    private const string CountingBefore = "期第近满共每隔续连数这那历";
    // 三日 in Chinese characters counts behind many more words.
    private const string HanCountingBefore = "用了过时头末周生节假旧往改他短足整前后其又另有";
    // 10日元, 5日游, 3日内: the number counts, or 日 belongs to the next word.
    private const string BehindDay = "元圆均语龄薪耗产内";

    /// <summary>Whether digits behind this character are the tail of a longer number or code.</summary>
    internal static bool ContinuesNumber(char before) => char.IsAsciiDigit(before) || before is '.' or '/' or '#' or '＃' || char.IsAsciiLetter(before);

    /// <summary>Whether <c>近日</c>, <c>日前</c> and the like are only the tail of another word (<c>10日前</c>, <c>今日前往</c>, <c>最近日子</c>).</summary>
    internal static bool JoinsVague(char before) =>
        char.IsAsciiDigit(before) || Numeral.HanDigit(before) >= 0 || before is '十' or '今' or '昨' or '明' or '当' or '同' or '次' or '翌' or '数' or '多' or '几' or '最' or '生' or '节' or '假';

    /// <summary>
    /// Whether the unit at <paramref name="start"/> may be a date where it stands. What is refused as a whole (the years in a plan's
    /// name) is skipped as a whole.
    /// </summary>
    internal static bool Allows(ReadOnlySpan<char> text, Paragraph paragraph, int start, int end, in DateDraft unit, bool isRange)
    {
        char before = start > paragraph.Span.Start ? text[start - 1] : '\0';
        char behind = end < paragraph.Span.End ? text[end] : '\0';
        if (unit.IsHan && IsHanNumeral(before)) return false;
        if ("后前上来".Contains(text[start]) && unit.Year.Base == DateBase.Today && text[start + 1] == '年' && IsInsideWord(before)) return false;
        if ("后前".Contains(text[start]) && unit.Day.Base == DateBase.Today && IsInsideWord(before)) return false;
        if (unit.IsYearOnly) return AllowsYear(text, paragraph, start, end, unit, isRange);
        if (unit.Section is DateSection.Whole && unit.Month.Base == DateBase.Number && !unit.Year.IsGiven && !unit.Day.IsGiven)
            return AllowsMonth(text, paragraph, start, before, behind, unit);
        if (unit.IsBareDay) return AllowsDay(text, paragraph, start, end, before, behind, unit, isRange);
        if (unit.Day.Base is DateBase.Today && !unit.Month.IsGiven) return !(before == '的' || IsMetaphor(text, end, paragraph.Span.End, before));
        if (unit.Section is DateSection.Beginning or DateSection.Middle or DateSection.End && text[start] is '年' or '月') return AllowsSectionWord(before, text[start]);
        if (unit.Section == DateSection.FirstMonths && text[start] == '前') return before is '\0' or '，' or '。' or '；' or '、' or '：';
        return true;
    }

    // 达产后年产值, 5年前年均: only these may stand in front of 后年, 前年, 上年.
    private static bool IsInsideWord(char before) =>
        before >= '\u4e00' && before <= '\u9fff' && before is not ('到' or '于' or '在' or '至' or '从' or '自' or '将' or '比' or '与' or '和' or '较' or '是');

    private static bool IsHanNumeral(char c) => Numeral.HanDigit(c) >= 0 || c is '十' or '百' or '千' or '几' or '数';

    private static bool AllowsYear(ReadOnlySpan<char> text, Paragraph paragraph, int start, int end, in DateDraft unit, bool isRange)
    {
        char before = start > paragraph.Span.Start ? text[start - 1] : '\0';
        char behind = end < paragraph.Span.End ? text[end] : '\0';
        if (text[start] == '年') return AllowsSectionWord(before, '年'); // 年内
        if (unit.Year.Base != DateBase.Number)
        {
            // 当年 alone means "back then"; 5年前年均, 连续第二年: parts of other words.
            if (unit.Year.Base == DateBase.InForce && text[end - 2] == '当') return false;
            return !(before is '续' or '年' or '连') && !(before == '的' && behind is '。' or '，');
        }
        if (before is '第' or '满' or '约') return false;
        // 一九九八年至二〇〇〇年交流计划: the years belong to the plan's name.
        return !isRange || !IsPlanYears(text, paragraph, end);
    }

    /// <summary>Whether years that end at <paramref name="end"/> belong to the name of a plan.</summary>
    internal static bool IsPlanYears(ReadOnlySpan<char> text, Paragraph paragraph, int end) => NamesPlan(text[end..Math.Min(paragraph.Span.End, end + 14)]);

    private static bool NamesPlan(ReadOnlySpan<char> behind)
    {
        int stop = behind.IndexOfAny(ClauseEnds);
        if (stop >= 0) behind = behind[..stop];
        return behind.IndexOf("计划") >= 0 || behind.IndexOf("规划") >= 0 || behind.IndexOf("方案") >= 0 || behind.IndexOf("协议") >= 0 || behind.IndexOf("纲要") >= 0;
    }

    private static bool AllowsMonth(ReadOnlySpan<char> text, Paragraph paragraph, int start, char before, char behind, in DateDraft unit)
    {
        if (before == '年' && start > paragraph.Span.Start + 1 && text[start - 2] == '每') return false; // 每年10月
        if (before is '第' or '近' or '满' or '每' && behind is '一' or '1') return false;
        // 一月 counts as easily as it names; only other numbers or 份 make it a month.
        return !(unit.IsHan && (before is '个' or '第' or '满' or '近' or '数' or '逾' || behind == '内'));
    }

    private static bool AllowsDay(ReadOnlySpan<char> text, Paragraph paragraph, int start, int end, char before, char behind, in DateDraft unit, bool isRange)
    {
        if (CountingBefore.Contains(before)) return false;
        bool hasPart = text[end - 1] is not ('日' or '号');
        if (!hasPart && (BehindDay.Contains(behind) || (behind == '游' && (end + 1 >= text.Length || text[end + 1] != '览')))) return false;
        if (!hasPart && behind == '本' && end + 1 < text.Length && text[end + 1] is not ('报' or '网' or '台' or '社' or '县' or '市')) return false;
        if (!unit.IsHan) return true;
        if (HanCountingBefore.Contains(before)) return false;
        if (hasPart || isRange || end - start > 2) return true;
        // 五日 alone: only at the beginning of a clause, or behind a word that asks for a day.
        return before is '\0' or '，' or '。' or '；' or '（' or '于' or '在' or '至' or '从' or '自';
    }

    // 余村的今天, 共创美好明天, 今天的成就
    private static bool IsMetaphor(ReadOnlySpan<char> text, int end, int limit, char before) =>
        before is '好' or '美' or '丽' || (end + 1 < limit && text[end] == '的' && text[end + 1] is not ('会' or '座' or '签' or '活' or '仪' or '行' or '见'));

    // 三年底 and 5个月底 count; 新年初一 is a feast, 全年中 a duration.
    private static bool AllowsSectionWord(char before, char first)
    {
        if (char.IsAsciiDigit(before) || IsHanNumeral(before)) return false;
        return first == '年' ? !"每多全整这那新青少老成童往历半当同些学".Contains(before) : !"个每多半蜜岁满整".Contains(before);
    }
}
