using NewsExtract.Text;

namespace NewsExtract.Repair;

/// <summary>
/// The second pass: Simplified characters, half-width letters and digits, full-width punctuation among Chinese
/// characters, no padding. One a thread.
/// </summary>
internal sealed class SurfaceRepair
{
    private readonly RepairKnowledge _knowledge;
    private readonly CleanTextBuilder _builder = new();
    private readonly SpacingRepair _spacing;
    private readonly ScriptChoice _choice;
    private string _text = "";
    private ulong _wideBrackets;
    private int _brackets;

    public SurfaceRepair(RepairKnowledge knowledge)
    {
        _knowledge = knowledge;
        _spacing = new SpacingRepair(knowledge);
        _choice = new ScriptChoice(knowledge);
    }

    /// <summary>Brings the surface of a text into the form that later stages expect.</summary>
    public CleanText Run(string text, ScriptKind script)
    {
        _text = text;
        _builder.Start(text);
        _spacing.Start(text);
        _choice.Start(text, script);
        (_wideBrackets, _brackets) = (0, 0);
        ReadOnlySpan<CharacterTraits> traits = _knowledge.Classes.Traits;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if ((traits[c] & CharacterTraits.Surface) != 0) i = At(i, c);
        }
        return _builder.Finish();
    }

    /// <summary>Decides on one unit; returns the offset of the last unit decided.</summary>
    private int At(int i, char c)
    {
        CharacterClasses classes = _knowledge.Classes;
        char replacement = classes.Replacement(c);
        switch (classes.Action(c))
        {
            case SurfaceAction.Simplify:
                Substitute(i, replacement, EditKind.Script);
                break;
            case SurfaceAction.Choose:
                char form = _choice.Choose(i);
                if (form != c) Substitute(i, form, EditKind.Script);
                break;
            case SurfaceAction.HalfWidth or SurfaceAction.Replace:
                Substitute(i, replacement, EditKind.Width);
                break;
            case SurfaceAction.Punctuation:
                if (IsWide(i, c)) Substitute(i, replacement, EditKind.Width);
                break;
            case SurfaceAction.OpenBracket:
                Open(i, replacement);
                break;
            case SurfaceAction.CloseBracket:
                if (_brackets > 0 ? Pop() : IsEast(i - 1) || IsEast(i + 1)) Substitute(i, replacement, EditKind.Width);
                break;
            case SurfaceAction.MiddleDot:
                MiddleDot(i, c);
                break;
            case SurfaceAction.WidePunctuation:
                if (IsNumeric(i, c)) Substitute(i, replacement, EditKind.Width);
                break;
            case SurfaceAction.Space:
                return Space(i);
            case SurfaceAction.Day:
                Day(i);
                break;
        }
        return i;
    }

    private void Substitute(int i, char c, EditKind kind)
    {
        _builder.CopyTo(i);
        _builder.Substitute(c, kind);
    }

    private int Space(int i)
    {
        int end = _spacing.Decide(i, out bool keep);
        bool single = end == i + 1 && _text[i] == ' ';
        if (keep && single) return i;
        _builder.CopyTo(i);
        _builder.Replace(end, keep ? " " : "", EditKind.Spacing);
        return end - 1;
    }

    private char Unit(int i) => i >= 0 && i < _text.Length ? _text[i] : '\n';

    /// <summary>Whether a unit is a Chinese character or full-width punctuation.</summary>
    private bool IsEast(int i) => _knowledge.Classes.Is(Unit(i), CharacterTraits.Han | CharacterTraits.Wide);

    private bool IsDigit(int i) => Unit(i) is >= '0' and <= '9' or >= '０' and <= '９';

    private bool IsLetterOrDigit(int i) => IsDigit(i) || char.IsAsciiLetter(Unit(i)) || Unit(i) is >= 'Ａ' and <= 'Ｚ' or >= 'ａ' and <= 'ｚ';

    private bool HasEastNear(int i)
    {
        for (int k = 1; k <= 12; k++)
            if (IsEast(i - k) || IsEast(i + k)) return true;
        return false;
    }

    /// <summary>Whether an ASCII mark stands among Chinese characters: <c>17:22</c>, <c>1,000</c> and <c>http://</c> do not.</summary>
    private bool IsWide(int i, char c)
    {
        bool west = IsLetterOrDigit(i - 1) && IsLetterOrDigit(i + 1);
        switch (c)
        {
            case ':':
                if (west || Unit(i + 1) == '/' || (IsDigit(i - 1) && IsDigit(i + 1))) return false;
                if (Unit(i + 1) is '\n' or '\r' && HasEastNear(i)) return true;
                break;
            case ',' or ';':
                if (IsDigit(i - 1) && IsDigit(i + 1)) return c == ';' ? HasEastNear(i) : !IsThousands(i) && HasEastNear(i);
                if (west) return false;
                if (Unit(i + 1) is not (' ' or '\u00A0') && HasEastNear(i)) return true;
                break;
            default:
                if (west) return false;
                if (Unit(i + 1) is '\n' or '\r' && HasEastNear(i)) return true;
                if (Unit(i - 1) is '?' or '!') return IsWideMark(i - 1);
                break;
        }
        return IsEast(i - 1) || IsEast(i + 1);
    }

    private bool IsWideMark(int i)
    {
        int first = i;
        while (Unit(first - 1) is '?' or '!') first--;
        return IsEast(first - 1) || IsEast(i + 2);
    }

    /// <summary>Whether exactly three digits follow and at most three stand in front: <c>1,000</c>, <c>12,345,678</c>.</summary>
    private bool IsThousands(int i)
    {
        int before = 0, after = 0;
        while (before < 4 && IsDigit(i - 1 - before)) before++;
        while (after < 4 && IsDigit(i + 1 + after)) after++;
        return before <= 3 && after == 3;
    }

    /// <summary>Full-width marks inside numbers: <c>１７：２２</c>, <c>１，０００</c>, <c>２０２１－０５</c>.</summary>
    private bool IsNumeric(int i, char c) => IsDigit(i - 1) && IsDigit(i + 1) && c switch
    {
        '：' => IsDigit(i + 2) && !IsDigit(i + 3) && !IsDigit(i - 3),
        '，' => IsThousands(i),
        _ => true,
    };

    private void Open(int i, char replacement)
    {
        const int Longest = 120;
        int close = _text.AsSpan(i, Math.Min(Longest, _text.Length - i)).IndexOfAny(')', '）', '\n');
        close = close < 0 || _text[i + close] == '\n' ? -1 : i + close;
        bool wide = IsEast(i - 1) || IsEast(i + 1) || (close > 0 && (IsEast(close - 1) || IsEast(close + 1) || HoldsEast(i + 1, close)))
            || (Unit(i - 1) is ':' or ',' or ';' && IsWide(i - 1, Unit(i - 1)));
        if (_brackets < 64)
        {
            _wideBrackets = (_wideBrackets << 1) | (wide ? 1UL : 0);
            _brackets++;
        }
        if (close < 0) (_wideBrackets, _brackets) = (0, 0);
        if (wide) Substitute(i, replacement, EditKind.Width);
    }

    private bool HoldsEast(int start, int end)
    {
        for (int i = start; i < end; i++)
            if (IsEast(i)) return true;
        return false;
    }

    private bool Pop()
    {
        bool wide = (_wideBrackets & 1) != 0;
        _wideBrackets >>= 1;
        _brackets--;
        return wide;
    }

    private void MiddleDot(int i, char c)
    {
        bool han = _knowledge.Classes.Is(Unit(i - 1), CharacterTraits.Han) && _knowledge.Classes.Is(Unit(i + 1), CharacterTraits.Han);
        if (c == '．' && !han) Substitute(i, '.', EditKind.Width);
        else if (han || (IsLetterOrDigit(i - 1) && !IsDigit(i - 1) && IsLetterOrDigit(i + 1))) Substitute(i, '·', EditKind.Width);
    }

    /// <summary>
    /// A month sign that was dropped: <c>625日至26日</c> was <c>6月25日至26日</c>. Only where the digits part in one way
    /// only and the text proves it: a later day follows, or the date stands elsewhere in full.
    /// </summary>
    private void Day(int i)
    {
        int digits = 0;
        while (digits < 5 && IsDigit(i - 1 - digits)) digits++;
        if (digits is < 3 or > 4 || i - digits < _builder.Position) return;
        int start = i - digits, number = 0;
        for (int k = start; k < i; k++) number = number * 10 + (_text[k] & 15);
        int cut = 0;
        for (int day = 1; day <= 2; day++)
        {
            int unit = day == 1 ? 10 : 100, month = number / unit, rest = number % unit;
            // A day below ten is written with one digit, so 0 in front of it speaks against the cut.
            if (month is < 1 or > 12 || rest > 31 || rest < (day == 1 ? 1 : 10)) continue;
            if (cut != 0) return;
            cut = day;
        }
        if (cut == 0 || !ProvesDate(i, number % (cut == 1 ? 10 : 100), start, i - cut)) return;
        // Full-width digits in front become half-width as everywhere.
        for (int k = start; k < i - cut; k++) if (_text[k] >= '０') Substitute(k, (char)(_text[k] - 0xFEE0), EditKind.Width);
        _builder.CopyTo(i - cut);
        _builder.Replace(i - cut, "月", EditKind.Restored);
        for (int k = i - cut; k < i; k++) if (_text[k] >= '０') Substitute(k, (char)(_text[k] - 0xFEE0), EditKind.Width);
        _builder.CopyTo(i + 1);
    }

    private bool ProvesDate(int i, int day, int start, int cut)
    {
        if (Unit(i + 1) is '至' or '到' or '-' or '—' or '－' or '~' or '～' or '、')
        {
            int at = i + 2, later = 0, digits = 0;
            for (; digits < 3 && IsDigit(at); at++, digits++) later = later * 10 + (Unit(at) & 15);
            if (digits is 1 or 2 && Unit(at) == '日' && later > day && later <= 31) return true;
        }
        Span<char> full = stackalloc char[8];
        ReadOnlySpan<char> text = _text;
        text[start..cut].CopyTo(full);
        full[cut - start] = '月';
        text[cut..(i + 1)].CopyTo(full[(cut - start + 1)..]);
        return text.IndexOf(full[..(i - start + 2)]) >= 0;
    }
}
