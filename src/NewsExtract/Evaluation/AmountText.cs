using System.Globalization;
using NewsExtract.Text;

namespace NewsExtract.Evaluation;

/// <summary>Reads a sum as labels have it: <c>46.8亿元</c>, <c>新台币120万元</c>, <c>一百二十万美元</c>.</summary>
internal static class AmountText
{
    // Longer names first: 美元 is no 元.
    private static readonly (string Name, string Code)[] Currencies =
    [
        ("新台币", "TWD"), ("台币", "TWD"), ("人民币", "CNY"), ("澳门元", "MOP"), ("澳门币", "MOP"), ("港元", "HKD"), ("港币", "HKD"), ("美元", "USD"), ("美金", "USD"),
        ("欧元", "EUR"), ("日元", "JPY"), ("日圆", "JPY"), ("英镑", "GBP"), ("卢布", "RUB"), ("韩元", "KRW"), ("澳元", "AUD"), ("加元", "CAD"),
        ("新加坡元", "SGD"), ("新元", "SGD"), ("瑞士法郎", "CHF"), ("泰铢", "THB"), ("元", "CNY"),
    ];

    /// <summary>The sum, or null where the text is none.</summary>
    public static Amount? Parse(string text)
    {
        string rest = Matching.Normalize(text).Replace(",", "", StringComparison.Ordinal);
        string? currency = null;
        foreach ((string name, string code) in Currencies)
        {
            int at = rest.IndexOf(name, StringComparison.Ordinal);
            if (at < 0) continue;
            currency ??= code;
            rest = rest.Remove(at, name.Length);
        }
        return currency is not null && Number(rest) is { } value ? new Amount(value, currency) : null;
    }

    // 1.6亿, 3亿5000万, 一百二十万: a sum of sections, each a number and its unit.
    private static decimal? Number(string text)
    {
        decimal total = 0, section = 0;
        bool any = false;
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (c is '亿' or '万')
            {
                decimal unit = c == '亿' ? 100_000_000 : 10_000;
                // 万亿 is a unit of the whole number before it.
                if (section == 0 && total > 0) total *= unit;
                else total += section * unit;
                section = 0;
                i++;
            }
            else if (char.IsAsciiDigit(c))
            {
                int end = i;
                while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
                if (!decimal.TryParse(text.AsSpan(i, end - i), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal digits)) return null;
                section += digits;
                any = true;
                i = end;
                if (i < text.Length && text[i] is '千' or '百') section *= text[i++] == '千' ? 1000 : 100;
            }
            else if (Han(text, ref i) is { } han)
            {
                section += han;
                any = true;
            }
            else
            {
                return null;
            }
        }
        return any ? total + section : null;
    }

    private static decimal? Han(string text, ref int at)
    {
        int start = at, total = 0, digit = -1;
        for (; at < text.Length; at++)
        {
            int value = Numeral.HanDigit(text[at]);
            int unit = text[at] switch { '十' => 10, '百' => 100, '千' => 1000, _ => 0 };
            if (value >= 0) digit = value;
            else if (unit > 0) (total, digit) = (total + (digit < 0 ? 1 : digit) * unit, -1);
            else break;
        }
        return at == start ? null : total + Math.Max(digit, 0);
    }
}
