namespace NewsExtract.Repair;

/// <summary>What the character model counts as one and the same.</summary>
internal static class CharacterFolding
{
    /// <summary>Stands for line borders and white space.</summary>
    public const char Border = '\n';
    /// <summary>Stands for every decimal digit.</summary>
    public const char Digit = '0';
    /// <summary>Stands for every Latin letter.</summary>
    public const char Latin = 'a';

    /// <summary>Folds width, digits, letters, quotation marks and middle dots; scripts are folded by the model.</summary>
    public static char Fold(char c)
    {
        if (c is >= '\uFF01' and <= '\uFF5E') c = (char)(c - 0xFEE0);
        if (c < 0x80)
        {
            if (char.IsAsciiDigit(c)) return Digit;
            if (char.IsAsciiLetter(c)) return Latin;
            if (c <= ' ') return Border;
            return c switch { ',' => '，', ';' => '；', ':' => '：', '?' => '？', '!' => '！', '(' => '（', ')' => '）', _ => c };
        }
        return c switch
        {
            '\u00A0' or '\u3000' or '\u2028' or '\u2029' => Border,
            '•' or '・' or '‧' or '∙' => '·',
            '「' or '〝' => '“',
            '」' or '〞' => '”',
            '『' => '‘',
            '』' => '’',
            _ => c,
        };
    }
}
