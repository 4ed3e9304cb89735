namespace NewsExtract.Text;

/// <summary>
/// A whole number below 10 000 as Chinese text writes it: in ASCII digits (<c>2021</c>), digit by digit
/// (<c>二〇二一</c>), or with tens and hundreds (<c>二十八</c>, <c>廿八</c>, <c>一百一十二</c>).
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Length">UTF-16 units read.</param>
/// <param name="IsHan">Whether it is written in Chinese characters.</param>
/// <param name="IsPositional">Whether it is written digit by digit, without 十 or 百.</param>
public readonly record struct Numeral(int Value, int Length, bool IsHan, bool IsPositional)
{
    /// <summary>
    /// Reads the number that starts at <paramref name="start"/>. False where none starts there, where it is too long,
    /// or where the characters make no number (<c>十百</c>).
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, out Numeral numeral)
    {
        numeral = default;
        if (start >= text.Length) return false;
        return char.IsAsciiDigit(text[start]) ? TryReadDigits(text, start, out numeral) : TryReadHan(text, start, out numeral);
    }

    /// <summary>The value of a Chinese digit (<c>〇零一二两…九</c>), or -1.</summary>
    public static int HanDigit(char c) => c switch
    {
        '〇' or '零' or '○' or '◯' => 0,
        '一' => 1,
        '二' or '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => -1,
    };

    private static bool TryReadDigits(ReadOnlySpan<char> text, int start, out Numeral numeral)
    {
        int value = 0, at = start;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 5) value = value * 10 + (text[at++] - '0');
        numeral = new Numeral(value, at - start, false, true);
        return at - start <= 4;
    }

    private static bool TryReadHan(ReadOnlySpan<char> text, int start, out Numeral numeral)
    {
        numeral = default;
        // digits counts the digits of a positional number; "pending" is a digit that may still get its unit.
        int at = start, total = 0, pending = -1, digits = 0, positional = 0;
        bool units = false;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            int digit = c == '0' && digits > 0 ? 0 : HanDigit(c); // 二00二年
            if (digit >= 0)
            {
                if (units && pending > 0) break; // 二十八九: the number ends before 九
                if (units && digit == 0) { pending = -1; continue; } // 一百零二
                positional = positional * 10 + digit;
                pending = digit;
                if (++digits > 4 && !units) return false;
                continue;
            }
            int unit = c switch { '十' => 10, '百' => 100, '廿' => 20, '卅' => 30, _ => 0 };
            if (unit == 0) break;
            if (digits > 1 && !units) return false; // 二〇十: digit by digit and units don't mix
            if (unit is 20 or 30)
            {
                if (units || digits > 0) return false;
                total += unit;
            }
            else
            {
                if (units && pending <= 0 && unit == 100) return false;
                total += (pending > 0 ? pending : 1) * unit;
            }
            units = true;
            pending = -1;
        }
        if (at == start) return false;
        int value = units ? total + Math.Max(pending, 0) : positional;
        numeral = new Numeral(value, at - start, true, !units);
        return value < 10_000;
    }
}
