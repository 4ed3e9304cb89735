using System.Text;

namespace NewsExtract.Training.Links;

/// <summary>When a candidate counts as what the labels say: the evaluation's rules, for phrases and for places.</summary>
internal static class Matching
{
    private const string Units = "省市县区旗镇乡";

    public static string Norm(string text)
    {
        string form = text.Normalize(NormalizationForm.FormKC);
        var result = new StringBuilder(form.Length);
        foreach (char c in form)
        {
            if (char.IsWhiteSpace(c) || "《》“”\"'「」".Contains(c)) continue;
            result.Append(c is '•' or '・' or '‧' or '∙' ? '·' : c);
        }
        return result.ToString();
    }

    public static bool Same(string? gold, string? value) => gold != null && value != null && Norm(gold) == Norm(value);

    /// <summary>One phrase holds the other and covers three quarters of it.</summary>
    public static bool Loose(string gold, string value)
    {
        string a = Norm(gold), b = Norm(value);
        if (a == b) return true;
        if (a.Length == 0 || b.Length == 0) return false;
        (string shorter, string longer) = a.Length < b.Length ? (a, b) : (b, a);
        return longer.Contains(shorter, StringComparison.Ordinal) && (double)shorter.Length / longer.Length >= 0.75;
    }

    /// <summary>One place or body, one perhaps with fewer parents.</summary>
    public static bool Place(string? gold, string? value)
    {
        if (gold == null || value == null) return false;
        string a = Norm(gold), b = Norm(value);
        if (Suffix(a, b)) return true;
        (string shorter, string longer) = a.Length <= b.Length ? (a, b) : (b, a);
        if (shorter.Length < 2) return false;
        foreach (char unit in Units)
            if (Suffix(shorter + unit, longer)) return true;
        if (shorter[^2..] != longer[^2..]) return false;
        int at = 0;
        foreach (char c in longer)
            if (at < shorter.Length && shorter[at] == c) at++;
        return at == shorter.Length;
    }

    private static bool Suffix(string a, string b) =>
        a == b || (a.Length >= 2 && b.Length >= 2 && (a.EndsWith(b, StringComparison.Ordinal) || b.EndsWith(a, StringComparison.Ordinal)));
}
