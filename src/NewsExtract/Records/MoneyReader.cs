using System.Globalization;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Reads the sum that an agreement is about: in its own sentence, nearer to it than to another agreement, or in the next one behind a word that tells of one.
/// Example: <c>46.8亿元</c> is 4,680,000,000 CNY, <c>3000万美元</c> and <c>三千万美元</c> are 30,000,000 USD, <c>新台币120万元</c> is 1,200,000 TWD.
/// </summary>
internal static class MoneyReader
{
    private const decimal Largest = 1_000_000_000_000_000m; // what is more is no sum
    private const int WordDistance = 10; // UTF-16 units in front of a sum in which a word tells what it is

    // The longest first, so that 美元 is not read as 元.
    private static readonly (string Unit, string Currency)[] Units =
    [
        ("元人民币", "CNY"), ("人民币", "CNY"), ("新台币", "TWD"), ("元新台币", "TWD"), ("新加坡元", "SGD"), ("澳门元", "MOP"), ("美元", "USD"), ("美金", "USD"), ("欧元", "EUR"), ("日元", "JPY"), ("日圆", "JPY"),
        ("英镑", "GBP"), ("港元", "HKD"), ("港币", "HKD"), ("澳元", "AUD"), ("加元", "CAD"), ("韩元", "KRW"), ("卢布", "RUB"), ("瑞士法郎", "CHF"), ("新元", "SGD"), ("泰铢", "THB"), ("元", "CNY"),
    ];

    private static readonly (string Name, string Currency)[] Prefixes =
        [("新台币", "TWD"), ("台币", "TWD"), ("港币", "HKD"), ("澳门币", "MOP"), ("人民币", "CNY"), ("美金", "USD")];

    private static readonly string[] Telling = ["投资", "额", "经费", "资金", "出资", "投入", "提供", "价款", "总价", "价值", "货款", "货值", "总值", "授信", "贷款", "融资", "费", "租金", "规模", "订单", "标的", "援助", "作价"];

    // What the sum of an agreement is not: gifts, output, sales of a year.
    private static readonly string[] Foreign = ["捐", "产值", "销售收入", "营业", "收入", "增收", "贸易额", "生产总值", "税", "奖", "补贴", "累计", "利润", "注册资本", "去年", "罚", "赔", "资产", "助学金", "善款", "亏"];

    /// <summary>The sum of an agreement, or null.</summary>
    /// <param name="context">The article.</param>
    /// <param name="agreement">Where its name stands.</param>
    public static Amount? Near(TextContext context, TextSpan agreement)
    {
        int sentence = context.Layout.SentenceAt(agreement.Start);
        if (sentence < 0) return null;
        TextSpan span = context.Layout.Sentences[sentence].Span;
        if (Find(context, span, agreement, isNext: false) is { } own) return own;
        bool hasNext = sentence + 1 < context.Layout.Sentences.Count && context.Layout.Sentences[sentence + 1].Paragraph == context.Layout.Sentences[sentence].Paragraph;
        return hasNext && !IsFollowed(context, agreement, span.End) ? Find(context, context.Layout.Sentences[sentence + 1].Span, agreement, isNext: true) : null;
    }

    /// <summary>The first sum behind the agreement, else the last one before it.</summary>
    private static Amount? Find(TextContext context, TextSpan span, TextSpan agreement, bool isNext)
    {
        string text = context.Text;
        Amount? before = null;
        for (int at = span.Start; at < span.End; at++)
        {
            if (!IsDigit(text[at]) || (at > 0 && (IsDigit(text[at - 1]) || text[at - 1] is '.' or '第'))) continue;
            int start = at;
            Amount? read = Read(text, start, span.End, out int end);
            at = Math.Max(start, end - 1); // whatever was read is not read again
            if (read is not { } amount) continue;
            if (!Suits(text, span.Start, start, end, agreement, isNext) || IsOfAnother(context, span, start, agreement, isNext)) continue;
            if (isNext || start >= agreement.Start) return amount;
            before = amount;
        }
        return before;
    }

    private static bool Suits(string text, int from, int start, int end, TextSpan agreement, bool isNext)
    {
        ReadOnlySpan<char> front = text.AsSpan(Math.Max(from, start - WordDistance), start - Math.Max(from, start - WordDistance));
        int clause = front.LastIndexOfAny('。', '；');
        if (clause >= 0) front = front[(clause + 1)..];
        if (ContainsAny(front, Foreign)) return false;
        // 3亿元的光伏项目投资合同, 签订3000万元的购销合同: the sum is part of the name or stands right in front of it.
        if (!isNext && start < agreement.End && agreement.Start - end <= 2) return true;
        return ContainsAny(front, Telling) || (!isNext && start >= agreement.End && text.AsSpan(agreement.End, start - agreement.End).IndexOfAny('。', '；') < 0 && start - agreement.End <= WordDistance);
    }

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
            if (text.Contains(word, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Whether another agreement stands between this one and a sum, or this one stands in front of the sum that belongs to the next.</summary>
    private static bool IsOfAnother(TextContext context, TextSpan span, int sum, TextSpan agreement, bool isNext)
    {
        foreach (Mention mention in context.Resolved.Tagged.Agreements)
        {
            TextSpan other = mention.Span;
            if (other.Overlaps(agreement) || other.Start < span.Start || other.Start >= span.End) continue;
            if (isNext ? other.Start < sum : sum >= agreement.End ? other.Start >= agreement.End && other.End <= sum : other.Start >= sum && other.End <= agreement.Start) return true;
        }
        return false;
    }

    private static bool IsFollowed(TextContext context, TextSpan agreement, int end) =>
        context.Resolved.Tagged.Agreements.Exists(mention => mention.Span.Start >= agreement.End && mention.Span.Start < end);

    private static bool IsDigit(char c) => char.IsAsciiDigit(c) || Digit(c) > 0 || c is '十' or '拾';

    /// <summary>Plain and formal digits: 三, 叁.</summary>
    private static int Digit(char c) => c switch
    {
        '零' or '〇' => 0,
        '壹' => 1,
        '贰' => 2,
        '叁' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => Numeral.HanDigit(c),
    };

    private static Amount? Read(string text, int start, int limit, out int end)
    {
        int at = start;
        end = start;
        decimal total = 0, section = 0, digits = 0;
        bool any = false;
        while (at < limit)
        {
            char c = text[at];
            if (char.IsAsciiDigit(c))
            {
                int from = at;
                while (at < limit && (char.IsAsciiDigit(text[at]) || (text[at] is '.' or ',' && at + 1 < limit && char.IsAsciiDigit(text[at + 1])))) at++;
                if (!decimal.TryParse(text.AsSpan(from, at - from), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out digits) || digits > Largest)
                {
                    end = at;
                    return null;
                }
                any = true;
                continue;
            }
            if (Digit(c) is >= 0 and int digit)
            {
                digits = digit;
                any = true;
            }
            else if (c is '十' or '拾' or '百' or '佰' or '千' or '仟')
            {
                section += (digits == 0 ? 1 : digits) * (c is '十' or '拾' ? 10 : c is '百' or '佰' ? 100 : 1000);
                digits = 0;
                any = true;
            }
            else if (c is '万' or '亿')
            {
                decimal unit = c == '万' ? 10_000m : 100_000_000m;
                if (section + digits == 0 && total > 0) total *= unit;
                else total += (section + digits) * unit;
                (section, digits) = (0, 0);
                if (total > Largest)
                {
                    end = at;
                    return null;
                }
            }
            else if (c is not ('余' or '多'))
            {
                break;
            }
            at++;
        }
        end = at;
        decimal value = total + section + digits;
        if (!any || value == 0) return null;
        foreach ((string unit, string currency) in Units)
        {
            if (!text.AsSpan(at, limit - at).StartsWith(unit, StringComparison.Ordinal)) continue;
            end = at + unit.Length;
            return new Amount(value, unit == "元" ? InFront(text, start) : currency);
        }
        return null;
    }

    /// <summary>新台币|120万元: the currency that stands in front.</summary>
    private static string InFront(string text, int start)
    {
        foreach ((string name, string currency) in Prefixes)
            if (text.AsSpan(0, start).EndsWith(name, StringComparison.Ordinal)) return currency;
        return "CNY";
    }
}
