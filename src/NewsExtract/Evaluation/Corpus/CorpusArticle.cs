using System.Text;

namespace NewsExtract.Evaluation.Corpus;

/// <summary>An article of a labelled corpus.</summary>
/// <param name="Split">The folder it lies in: <c>train</c>, <c>dev</c>, <c>test</c>.</param>
/// <param name="Gold">Its labels.</param>
/// <param name="Source">Its text as decoded.</param>
/// <param name="Repaired">Its text after repair: Simplified characters, half-width digits.</param>
/// <param name="HasHtml">Whether a page <c>NAME.html</c> lies beside it.</param>
public sealed record CorpusArticle(string Split, GoldArticle Gold, string Source, string Repaired, bool HasHtml)
{
    /// <summary>Where it is, for messages: <c>dev/w1-003</c>.</summary>
    public string Place => $"{Split}/{Gold.Name}";
}

/// <summary>Reads a labelled corpus: <c>NAME.json</c> with <c>NAME.txt</c> beside it, in any depth of folders.</summary>
public static class CorpusReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Every article below <paramref name="folder"/>, by path in ordinal order; what can't be read becomes a fault.</summary>
    /// <param name="folder">The corpus's folder, or one split's.</param>
    /// <param name="repair">Gives the repaired form of a text.</param>
    /// <param name="faults">Receives what is wrong with files.</param>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public static List<CorpusArticle> Read(string folder, Func<string, string> repair, ICollection<string> faults)
    {
        var articles = new List<CorpusArticle>();
        foreach (string path in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string place = Path.GetRelativePath(folder, path), textPath = Path.ChangeExtension(path, ".txt");
            try
            {
                GoldArticle gold = GoldReader.Read(path);
                if (!File.Exists(textPath))
                {
                    faults.Add($"{place}: there is no text beside it");
                    continue;
                }
                string source = Strict.GetString(File.ReadAllBytes(textPath));
                string split = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))!;
                articles.Add(new CorpusArticle(split, gold, source, repair(source), File.Exists(Path.ChangeExtension(path, ".html"))));
            }
            catch (EvaluationFormatException e)
            {
                faults.Add(e.Message);
            }
            catch (DecoderFallbackException)
            {
                faults.Add($"{place}: the text is not UTF-8");
            }
        }
        return articles;
    }
}
