using System.Collections.Frozen;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// What the words mean that tell a time by its distance from today or from the day in force. The words
/// themselves are the class <c>date-word</c> of <c>dates.tsv</c>; this table gives each its value.
/// </summary>
internal static class RelativeDateWords
{
    /// <summary>The unit that a word counts in.</summary>
    internal enum Unit : byte { Day, Week, Month, Year }

    /// <summary>A word's meaning.</summary>
    /// <param name="Unit">What it counts.</param>
    /// <param name="Part">From where, and how many.</param>
    /// <param name="Section">A section that the word itself names (<c>年底</c>).</param>
    internal readonly record struct Meaning(Unit Unit, DatePart Part, DateSection Section = DateSection.Whole);

    private static readonly FrozenDictionary<string, Meaning>.AlternateLookup<ReadOnlySpan<char>> Meanings = Build().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The meaning of a word; false where the table does not have it.</summary>
    internal static bool TryGet(ReadOnlySpan<char> word, out Meaning meaning) => Meanings.TryGetValue(word, out meaning);

    /// <summary>All words, for the test that the term file and this table agree.</summary>
    internal static IEnumerable<string> Words => Meanings.Dictionary.Keys;

    private static FrozenDictionary<string, Meaning> Build()
    {
        var words = new Dictionary<string, Meaning>(StringComparer.Ordinal);
        Add(Unit.Day, DateBase.Today, -2, "前天", "前日");
        Add(Unit.Day, DateBase.Today, -1, "昨天", "昨日", "昨晚", "昨夜", "昨晨", "昨");
        Add(Unit.Day, DateBase.Today, 0, "今天", "今日", "今晚", "今晨", "今早", "今夜", "今");
        Add(Unit.Day, DateBase.Today, 1, "明天", "明日", "明晚", "明早", "明晨");
        Add(Unit.Day, DateBase.Today, 2, "后天", "后日");
        Add(Unit.Day, DateBase.InForce, -1, "前一天", "前一日", "头一天", "前一晚");
        Add(Unit.Day, DateBase.InForce, 0, "当天", "当日", "同日", "同一天", "同天", "当晚", "当夜", "当早", "这天", "这一天", "是日", "该日");
        Add(Unit.Day, DateBase.InForce, 1, "次日", "翌日", "第二天", "第二日", "次晨", "翌晨", "隔天", "隔日", "转天");
        Add(Unit.Week, DateBase.Today, -1, "上周", "上星期", "上礼拜");
        Add(Unit.Week, DateBase.Today, 0, "本周", "这周", "本星期", "这星期");
        Add(Unit.Week, DateBase.Today, 1, "下周", "下星期", "下礼拜");
        Add(Unit.Month, DateBase.Today, -2, "上上月", "上上个月");
        Add(Unit.Month, DateBase.Today, -1, "上月", "上个月");
        Add(Unit.Month, DateBase.Today, 0, "本月", "这个月");
        Add(Unit.Month, DateBase.Today, 1, "下月", "下个月");
        Add(Unit.Month, DateBase.InForce, 0, "当月", "同月");
        Add(Unit.Month, DateBase.InForce, 1, "次月", "翌月");
        Add(Unit.Year, DateBase.Today, -2, "前年");
        Add(Unit.Year, DateBase.Today, -1, "去年", "上年");
        Add(Unit.Year, DateBase.Today, 0, "今年", "本年", "年内");
        Add(Unit.Year, DateBase.Today, 1, "明年", "来年");
        Add(Unit.Year, DateBase.Today, 2, "后年");
        Add(Unit.Year, DateBase.InForce, 0, "同年", "当年");
        Add(Unit.Year, DateBase.InForce, 1, "次年", "翌年", "第二年", "转年");
        words.Add("年初", new Meaning(Unit.Year, new DatePart(DateBase.Today, 0), DateSection.Beginning));
        words.Add("年中", new Meaning(Unit.Year, new DatePart(DateBase.Today, 0), DateSection.Middle));
        words.Add("年底", new Meaning(Unit.Year, new DatePart(DateBase.Today, 0), DateSection.End));
        words.Add("年末", new Meaning(Unit.Year, new DatePart(DateBase.Today, 0), DateSection.End));
        words.Add("月初", new Meaning(Unit.Month, new DatePart(DateBase.InForce, 0), DateSection.Beginning));
        words.Add("月底", new Meaning(Unit.Month, new DatePart(DateBase.InForce, 0), DateSection.LastDay));
        words.Add("月末", new Meaning(Unit.Month, new DatePart(DateBase.InForce, 0), DateSection.LastDay));
        words.Add("上半年", new Meaning(Unit.Year, new DatePart(DateBase.Today, 0), DateSection.FirstHalf));
        words.Add("下半年", new Meaning(Unit.Year, new DatePart(DateBase.Today, 0), DateSection.SecondHalf));
        return words.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(Unit unit, DateBase origin, int offset, params ReadOnlySpan<string> spellings)
        {
            foreach (string word in spellings) words.Add(word, new Meaning(unit, new DatePart(origin, (short)offset)));
        }
    }
}
