using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Text;
using NewsExtract.Training;

namespace NewsExtract.Benchmarks;

/// <summary>What has happened to a text before it is extracted.</summary>
public enum TextState
{
    /// <summary>Simplified and whole.</summary>
    Clean,
    /// <summary>In Traditional characters, one for one from the Simplified text.</summary>
    Traditional,
    /// <summary>The Traditional text as a republishing tool leaves it: pinyin glosses, bytes out of step.</summary>
    Damaged,
}

/// <summary>How long the articles are.</summary>
public enum TextLength
{
    /// <summary>As the corpus has them: 300 to 1,500 characters.</summary>
    Short,
    /// <summary>The running text of <see cref="ArticleMix.ArticlesPerLong"/> of them under the first one's head.</summary>
    Long,
}

/// <summary>
/// The inputs of all measurements, made from the project's own articles; the same folders and model give the same texts.
/// </summary>
internal sealed class ArticleMix
{
    public const int ArticlesPerLong = 12;
    private const int Seed = 20;
    // Pages gloss about this part of the characters that have a reading.
    private const double GlossShare = 0.05;
    private const int ShortestParagraph = 40;

    private readonly List<string> _clean;
    private readonly char[] _traditional;
    private readonly PageDamage _damage;

    /// <param name="folders">Folders with articles as <c>.txt</c> files; searched recursively, in ordinal order.</param>
    /// <param name="modelFolder">The compiled models: <c>repair.bin</c> tells the Traditional characters and what damages them.</param>
    public ArticleMix(IReadOnlyList<string> folders, string modelFolder)
    {
        ModelFile model = ModelFile.Load(Path.Combine(modelFolder, "repair.bin"));
        var script = new ScriptTable(model);
        _traditional = Reversed(script);
        _damage = new PageDamage(model);
        var files = new List<string>();
        foreach (string folder in folders) files.AddRange(Directory.GetFiles(folder, "*.txt", SearchOption.AllDirectories));
        files.Sort(StringComparer.Ordinal);
        _clean = [.. files.Select(File.ReadAllText).Where(text => IsSimplified(text, script))];
        if (_clean.Count == 0) throw new ArgumentException("The folders hold no article in Simplified characters.", nameof(folders));
    }

    /// <summary>The articles of one kind.</summary>
    public List<Article> Articles(TextState state, TextLength length)
    {
        List<string> texts = length == TextLength.Short ? _clean : Joined();
        var random = new Random(Seed);
        var articles = new List<Article>(texts.Count);
        foreach (string text in texts)
        {
            string made = state == TextState.Clean ? text : InTraditional(text);
            if (state == TextState.Damaged) made = _damage.Damage(made, _damage.DrawGlosses(random, GlossShare), out _);
            articles.Add(new Article { Source = $"{state}-{length}-{articles.Count}", Body = CleanText.Identity(made) });
        }
        return articles;
    }

    private List<string> Joined()
    {
        var texts = new List<string>();
        for (int i = 0; i + ArticlesPerLong <= _clean.Count; i += ArticlesPerLong)
        {
            var text = new StringBuilder(_clean[i].TrimEnd());
            for (int j = i + 1; j < i + ArticlesPerLong; j++)
                foreach (string line in _clean[j].Split('\n'))
                    if (line.Length >= ShortestParagraph) text.Append('\n').Append(line);
            texts.Add(text.ToString());
        }
        return texts.Count > 0 ? texts : [string.Join('\n', _clean)];
    }

    private string InTraditional(string text) => string.Create(text.Length, (text, _traditional), static (made, from) =>
    {
        for (int i = 0; i < made.Length; i++) made[i] = from._traditional[from.text[i]];
    });

    // Of several Traditional characters with one Simplified form the first in code order.
    private static char[] Reversed(ScriptTable script)
    {
        var traditional = new char[char.MaxValue + 1];
        for (int c = 0; c < traditional.Length; c++) traditional[c] = (char)c;
        for (int c = char.MaxValue; c >= 0; c--)
        {
            char simplified = script.Simplified[c];
            if (script.IsTraditionalOnly((char)c) && script.IsSimplifiedOnly(simplified)) traditional[simplified] = (char)c;
        }
        return traditional;
    }

    private static bool IsSimplified(string text, ScriptTable script)
    {
        int simplified = 0, traditional = 0;
        foreach (char c in text)
        {
            if (script.IsSimplifiedOnly(c)) simplified++;
            else if (script.IsTraditionalOnly(c)) traditional++;
        }
        return traditional * 10 < simplified;
    }
}
