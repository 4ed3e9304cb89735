using System.Globalization;

namespace NewsExtract.Training;

/// <summary>Reads plain text out of annotated corpora.</summary>
internal static class TrainingText
{
    /// <summary>The paragraphs of the PFR corpus as plain text, each with the number of its article counted from 0.</summary>
    public static IEnumerable<(int Article, string Text)> ReadPfr(string path)
    {
        int article = -1;
        string last = "";
        var text = new System.Text.StringBuilder();
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length < 20) continue;
            string key = line[..15]; // 19980101-01-001-002/m: day, page, article, paragraph
            if (key != last)
            {
                article++;
                last = key;
            }
            text.Clear();
            foreach (string token in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                int slash = token.LastIndexOf('/');
                int from = token.Length > 1 && token[0] == '[' && slash > 1 ? 1 : 0;
                if (slash > from) text.Append(token, from, slash - from);
            }
            yield return (article, text.ToString());
        }
    }

    /// <summary>The sentences of a file in CoNLL columns, words joined.</summary>
    public static IEnumerable<string> ReadConll(string path)
    {
        var text = new System.Text.StringBuilder();
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length == 0)
            {
                if (text.Length > 0) yield return text.ToString();
                text.Clear();
            }
            else if (line[0] != '#')
            {
                string[] columns = line.Split('\t', ' ');
                text.Append(columns.Length > 1 && int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? columns[1] : columns[0]);
            }
        }
        if (text.Length > 0) yield return text.ToString();
    }
}
