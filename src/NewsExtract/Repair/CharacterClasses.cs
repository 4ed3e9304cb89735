namespace NewsExtract.Repair;

/// <summary>What a character gives repair to do. One byte a character, so that a sound text is one look-up a character.</summary>
[Flags]
internal enum CharacterTraits : byte
{
    None = 0,
    /// <summary>May be damage: glosses, lost bytes, mojibake, references, invisible and compatibility characters, line breaks.</summary>
    Suspicious = 1,
    /// <summary>May have another form on the surface: script, width, white space.</summary>
    Surface = 2,
    /// <summary>Only Simplified text holds it.</summary>
    SimplifiedOnly = 4,
    /// <summary>Only Traditional text holds it.</summary>
    TraditionalOnly = 8,
    /// <summary>A Chinese character, or its iteration mark or zero.</summary>
    Han = 16,
    /// <summary>Full-width punctuation.</summary>
    Wide = 32,
    /// <summary>A family name of one character.</summary>
    Surname = 64,
}

/// <summary>What the surface pass does with a character.</summary>
internal enum SurfaceAction : byte
{
    None, Simplify, Choose, HalfWidth, Space, Punctuation, OpenBracket, CloseBracket, MiddleDot, Replace, WidePunctuation, Day,
}

/// <summary>The traits and the surface action of each UTF-16 unit. Immutable.</summary>
internal sealed class CharacterClasses
{
    private readonly CharacterTraits[] _traits = new CharacterTraits[65536];
    private readonly SurfaceAction[] _actions = new SurfaceAction[65536];
    private readonly char[] _replacements = new char[65536];

    public CharacterClasses(ScriptTable script, ReadOnlySpan<char> compatibility, ReadOnlySpan<char> surnames)
    {
        for (int i = 0; i < 65536; i++)
        {
            char c = (char)i;
            if (c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or >= '\uF900' and <= '\uFAFF' or '々' or '〇' || char.IsSurrogate(c))
                _traits[i] |= CharacterTraits.Han;
            if (c is >= '\uFF01' and <= '\uFF0F' or >= '\uFF1A' and <= '\uFF20' or >= '\u3001' and <= '\u3003' or >= '\u3008' and <= '\u3011' or '“' or '”' or '‘' or '’' or '…' or '—')
                _traits[i] |= CharacterTraits.Wide;
            if (script.NeedsContext(c)) Surface(c, SurfaceAction.Choose);
            else if (script.Simplified[i] != c) Surface(c, SurfaceAction.Simplify, script.Simplified[i]);
            if (script.IsSimplifiedOnly(c)) _traits[i] |= CharacterTraits.SimplifiedOnly;
            if (script.IsTraditionalOnly(c)) _traits[i] |= CharacterTraits.TraditionalOnly;
            if (c < ' ' && c is not ('\n' or '\t') || c is >= '\u007F' and <= '\u009F') _traits[i] |= CharacterTraits.Suspicious;
        }
        foreach (char c in "?(&\r\u2028\u2029\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\uFE0E\uFE0F\uFEFF\uFFF9\uFFFA\uFFFB锛銆鈥")
            _traits[c] |= CharacterTraits.Suspicious;
        for (int i = 0; i + 1 < compatibility.Length; i += 2)
        {
            _traits[compatibility[i]] |= CharacterTraits.Suspicious | CharacterTraits.Han;
            _replacements[compatibility[i]] = compatibility[i + 1];
        }
        foreach (char c in surnames) _traits[c] |= CharacterTraits.Surname;

        for (char c = '\uFF01'; c <= '\uFF5E'; c++)
            if (char.IsAsciiLetterOrDigit((char)(c - 0xFEE0)) || c is '％' or '＋' or '＆' or '＠' or '＃' or '＝' or '／' or '＿')
                Surface(c, SurfaceAction.HalfWidth, (char)(c - 0xFEE0));
        foreach (char c in " \t\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000") Surface(c, SurfaceAction.Space);
        Surface(',', SurfaceAction.Punctuation, '，');
        Surface(';', SurfaceAction.Punctuation, '；');
        Surface(':', SurfaceAction.Punctuation, '：');
        Surface('?', SurfaceAction.Punctuation, '？');
        Surface('!', SurfaceAction.Punctuation, '！');
        Surface('(', SurfaceAction.OpenBracket, '（');
        Surface(')', SurfaceAction.CloseBracket, '）');
        foreach (char c in "•・‧∙⋅･．﹒") Surface(c, SurfaceAction.MiddleDot, '·');
        Surface('．', SurfaceAction.MiddleDot, '·');
        foreach (string pair in new[] { "「“", "」”", "『‘", "』’", "〝“", "〞”", "､、", "｡。", "﹐，", "﹑、", "﹔；", "﹕：", "﹖？", "﹗！", "﹙（", "﹚）", "︰：", "｢“", "｣”" })
            Surface(pair[0], SurfaceAction.Replace, pair[1]);
        Surface('日', SurfaceAction.Day);
        Surface('：', SurfaceAction.WidePunctuation, ':');
        Surface('，', SurfaceAction.WidePunctuation, ',');
        Surface('－', SurfaceAction.WidePunctuation, '-');
    }

    private void Surface(char c, SurfaceAction action, char replacement = '\0')
    {
        _traits[c] |= CharacterTraits.Surface;
        _actions[c] = action;
        _replacements[c] = replacement;
    }

    /// <summary>The traits of every UTF-16 unit, for loops.</summary>
    public ReadOnlySpan<CharacterTraits> Traits => _traits;

    /// <summary>Whether a character has a trait.</summary>
    public bool Is(char c, CharacterTraits trait) => (_traits[c] & trait) != 0;

    /// <summary>What the surface pass does with it.</summary>
    public SurfaceAction Action(char c) => _actions[c];

    /// <summary>What takes its place, or NUL.</summary>
    public char Replacement(char c) => _replacements[c];
}
