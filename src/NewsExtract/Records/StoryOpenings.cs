using System.Globalization;
using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>What paragraphs and sentences open with that begin something new: words of time and order, days, marks of a list.</summary>
internal static class StoryOpenings
{
    private static readonly string[][] OpeningWords =
    [
        ["同日", "同一天", "同天", "与此同时", "同时", "同期", "同样"], ["当天", "当日", "当晚"], ["上午", "下午", "中午", "傍晚", "晚上", "稍后", "随后", "接着"], ["次日", "第二天", "翌日", "几天后", "不久"],
        ["另一路", "另一组", "另一支", "另外", "另", "又", "第"], ["此前", "之前", "日前", "近日", "昨日", "昨天", "今天", "今日"], ["刚", "送走", "迎来", "也是", "还有", "不约而同", "无独有偶"],
    ];

    /// <summary>The digits of small Chinese numbers.</summary>
    public const string Numerals = "一二三四五六七八九十";

    /// <summary>The word of time or order that a sentence opens with: its group in the list, from 1; a date of its own after them; 0 for none.</summary>
    public static int OpeningWord(TextContext context, TextSpan sentence)
    {
        ReadOnlySpan<char> text = context.Text.AsSpan(sentence.Start, sentence.Length);
        for (int i = 0; i < OpeningWords.Length; i++)
            foreach (string word in OpeningWords[i])
                if (text.StartsWith(word, StringComparison.Ordinal)) return i + 1;
        return OpensWithDate(context, sentence, 6) ? OpeningWords.Length + 1 : 0;
    }

    /// <summary>Whether the day of an event begins within so many characters from the stretch's start, and ends in the stretch.</summary>
    public static bool OpensWithDate(TextContext context, TextSpan span, int within)
    {
        List<ResolvedDate> dates = context.Resolved.Dates.All;
        for (int i = context.Resolved.Dates.CountBefore(span.Start); i < dates.Count && dates[i].Span.Start < span.Start + within; i++)
            if (dates[i].Use == DateUse.Event && span.Contains(dates[i].Span)) return true;
        return false;
    }

    /// <summary>Whether an item of a list begins there: ●, ①, an emoji, 【一】, 之一, （一）, 一、.</summary>
    public static bool IsMarked(string text, int start)
    {
        char c = text[start];
        if (c is '【' or '〔' or '•' or '※' || c is >= '①' and <= '⑳' || (Rune.TryGetRuneAt(text, start, out Rune first) && Rune.GetUnicodeCategory(first) == UnicodeCategory.OtherSymbol)) return true;
        if (c == '之' || c == '（') return start + 1 < text.Length && Numerals.Contains(text[start + 1]);
        return (Numerals.Contains(c) || char.IsAsciiDigit(c)) && start + 1 < text.Length && text[start + 1] is '、' or '.' or '．';
    }
}
