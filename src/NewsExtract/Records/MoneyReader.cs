using System.Globalization;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Reads the sum that stands nearest to an agreement: in its own sentence, else in the next. Example: <c>46.8亿元</c> is
/// 4,680,000,000 CNY, <c>3000万美元</c> is 30,000,000 USD.
/// </summary>
internal static class MoneyReader
{
    // The longest first, so that 美元 is not read as 元.
    private static readonly (string Unit, string Currency)[] Units =
    [
        ("人民币", "CNY"), ("新台币", "TWD"), ("美元", "USD"), ("美金", "USD"), ("欧元", "EUR"), ("日元", "JPY"), ("英镑", "GBP"), ("港元", "HKD"), ("港币", "HKD"), ("澳元", "AUD"),
        ("加元", "CAD"), ("韩元", "KRW"), ("卢布", "RUB"), ("瑞士法郎", "CHF"), ("新元", "SGD"), ("泰铢", "THB"), ("元", "CNY"),
    ];

    public static Amount? Near(TextContext context, TextSpan agreement)
    {
        int sentence = context.Layout.SentenceAt(agreement.Start);
        if (sentence < 0) return null;
        if (Find(context.Text, context.Layout.Sentences[sentence].Span, agreement.End) is { } own) return own;
        bool hasNext = sentence + 1 < context.Layout.Sentences.Count && context.Layout.Sentences[sentence + 1].Paragraph == context.Layout.Sentences[sentence].Paragraph;
        return hasNext ? Find(context.Text, context.Layout.Sentences[sentence + 1].Span, 0) : null;
    }

    /// <summary>The first sum behind the offset, else the last one before it.</summary>
    private static Amount? Find(string text, TextSpan span, int behind)
    {
        Amount? before = null;
        for (int at = span.Start; at < span.End; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || (at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] == '.'))) continue;
            if (Read(text, at, span.End) is not { } amount) continue;
            if (at >= behind) return amount;
            before = amount;
        }
        return before;
    }

    private static Amount? Read(string text, int start, int limit)
    {
        int at = start;
        while (at < limit && (char.IsAsciiDigit(text[at]) || text[at] is '.' or ',')) at++;
        if (!decimal.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal value)) return null;
        for (; at < limit && text[at] is '十' or '百' or '千' or '万' or '亿' or '余' or '多'; at++)
        {
            decimal factor = text[at] switch { '十' => 10m, '百' => 100m, '千' => 1000m, '万' => 10_000m, '亿' => 100_000_000m, _ => 1m };
            if (value > 1_000_000_000_000m) return null;
            value *= factor;
        }
        foreach ((string unit, string currency) in Units)
            if (text.AsSpan(at, limit - at).StartsWith(unit, StringComparison.Ordinal)) return new Amount(value, currency);
        return null;
    }
}
