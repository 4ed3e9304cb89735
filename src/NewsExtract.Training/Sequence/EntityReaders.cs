using System.Text;
using System.Text.Json;
using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>A text whose names are known, but not its words.</summary>
/// <param name="Text">The text.</param>
/// <param name="Names">The names, by start.</param>
/// <param name="Open">Stretches about which nothing is known beyond the names in them.</param>
internal sealed record NamedText(string Text, GoldWord[] Names, GoldWord[] Open)
{
    /// <summary>The corpus's words, those inside names among them; empty where it has none.</summary>
    public GoldWord[] Words { get; init; } = [];

    /// <summary>The text as training data: names fixed, the rest ordinary words with free borders or, with <paramref name="words"/>, the corpus's.</summary>
    public LabelledText ToLabelled(bool words = false)
    {
        var codes = new byte[Text.Length];
        codes.AsSpan().Fill(LabelledText.Ordinary);
        if (words)
        {
            foreach (GoldWord word in Words) LabelledText.Mark(codes.AsSpan(word.Start, word.End - word.Start), WordKind.Ordinary);
        }
        foreach (GoldWord open in Open) codes.AsSpan(open.Start, open.End - open.Start).Fill(LabelledText.Open);
        foreach (GoldWord name in Names) LabelledText.Mark(codes.AsSpan(name.Start, name.End - name.Start), name.Kind);
        return new LabelledText(Text, codes);
    }
}

/// <summary>Readers of corpora that label names only.</summary>
internal static class EntityReaders
{
    /// <summary>
    /// Reads BIO: a token and its tag a line, apart by a tab (<c>tokenColumn</c> and the column behind), a blank line between sentences.
    /// LOC, ORG and PER, or NS, NT and NR.
    /// </summary>
    public static List<NamedText> ReadBio(string path, int tokenColumn)
    {
        var texts = new List<NamedText>();
        var text = new StringBuilder();
        var names = new List<GoldWord>();
        var words = new List<GoldWord>();
        foreach (string line in File.ReadLines(path, Encoding.UTF8).Append(""))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) continue;
            if (line.Length == 0)
            {
                if (text.Length > 0) texts.Add(new NamedText(text.ToString(), [.. names], []) { Words = [.. words] });
                text.Clear();
                names.Clear();
                words.Clear();
                continue;
            }
            string[] columns = line.Split('\t');
            if (columns.Length < tokenColumn + 2) continue;
            int start = text.Length;
            string token = columns[tokenColumn], tag = columns[tokenColumn + 1];
            // Words of an alphabet keep the space between them.
            if (start > 0 && token.Length > 0 && char.IsAsciiLetterOrDigit(token[0]) && char.IsAsciiLetter(text[start - 1]) && tokenColumn > 0)
            {
                text.Append(' ');
                if (tag[0] == 'B' || tag[0] == 'O') start++;
            }
            text.Append(token);
            words.Add(new GoldWord(start, text.Length, WordKind.Ordinary));
            if (tag.StartsWith("B-", StringComparison.Ordinal)) names.Add(new GoldWord(start, text.Length, KindOf(tag[2..])));
            else if (tag.StartsWith("I-", StringComparison.Ordinal) && names.Count > 0) names[^1] = names[^1] with { End = text.Length };
        }
        return texts;
    }

    /// <summary>
    /// Reads articles <c>NAME.txt</c> with <c>NAME.json</c> beside them, whose <c>entities</c> list the surface strings of
    /// persons, places, organisations and titles. A longer string is found before a shorter one.
    /// </summary>
    public static List<NamedText> ReadArticles(IEnumerable<string> jsonPaths, Func<string, string> repair)
    {
        var texts = new List<NamedText>();
        foreach (string path in jsonPaths.Order(StringComparer.Ordinal))
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!json.RootElement.TryGetProperty("entities", out JsonElement entities)) continue;
            string text = repair(File.ReadAllText(Path.ChangeExtension(path, ".txt"), Encoding.UTF8));
            texts.Add(MarkNames(text, entities));
        }
        return texts;
    }

    private static NamedText MarkNames(string text, JsonElement entities)
    {
        var kinds = new Dictionary<string, WordKind>(StringComparer.Ordinal);
        // A string of two kinds counts as the one named last.
        foreach ((string list, WordKind kind) in new[] { ("organization", WordKind.Organization), ("place", WordKind.Place), ("person", WordKind.Person) })
        {
            foreach (string surface in Strings(entities, list)) kinds[surface] = kind;
        }
        var names = new List<GoldWord>();
        var open = new List<GoldWord>();
        var taken = new bool[text.Length];
        foreach (string title in Strings(entities, "title"))
        {
            for (int at = text.IndexOf(title, StringComparison.Ordinal); at >= 0; at = text.IndexOf(title, at + title.Length, StringComparison.Ordinal))
                open.Add(new GoldWord(at, at + title.Length, WordKind.Ordinary));
        }
        foreach ((string surface, WordKind kind) in kinds.OrderByDescending(k => k.Key.Length).ThenBy(k => k.Key, StringComparer.Ordinal))
        {
            for (int at = text.IndexOf(surface, StringComparison.Ordinal); at >= 0; at = text.IndexOf(surface, at + 1, StringComparison.Ordinal))
            {
                if (taken.AsSpan(at, surface.Length).Contains(true)) continue;
                // One character stands for a place only here and there: nothing is known of it.
                if (surface.Length == 1) open.Add(new GoldWord(at, at + 1, kind));
                else names.Add(new GoldWord(at, at + surface.Length, kind));
                taken.AsSpan(at, surface.Length).Fill(true);
            }
        }
        names.Sort((a, b) => a.Start.CompareTo(b.Start));
        return new NamedText(text, [.. names], [.. open]);
    }

    private static IEnumerable<string> Strings(JsonElement entities, string list) =>
        entities.TryGetProperty(list, out JsonElement array)
            ? array.EnumerateArray().Select(e => e.GetString() ?? "").Where(s => s.Length > 0)
            : [];

    private static WordKind KindOf(string tag) => tag switch
    {
        "PER" or "NR" => WordKind.Person,
        "LOC" or "NS" => WordKind.Place,
        "ORG" or "NT" => WordKind.Organization,
        _ => WordKind.Ordinary,
    };
}
