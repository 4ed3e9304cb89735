using System.Text;

namespace NewsExtract.Training;

/// <summary>A row of a table, with the place that faults are reported at.</summary>
internal readonly record struct SourceRow(string File, int Line, string[] Fields)
{
    /// <summary>A field; empty where the row is shorter.</summary>
    public string this[int column] => column < Fields.Length ? Fields[column] : "";
}

/// <summary>
/// Tables of the sources: UTF-8, a row a line, tabs between the fields. Lines that start with <c># </c> or are a
/// single <c>#</c> are remarks, empty lines are skipped.
/// </summary>
internal static class SourceTable
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What faults call it.</param>
    /// <param name="minimum">The least number of fields a row must have.</param>
    /// <param name="maximum">The most.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static List<SourceRow> Read(string path, string name, int minimum, int maximum, Faults faults)
    {
        var rows = new List<SourceRow>();
        if (!File.Exists(path))
        {
            faults.Add(name, 1, "the file is missing");
            return rows;
        }
        string text;
        try
        {
            text = File.ReadAllText(path, Strict);
        }
        catch (DecoderFallbackException)
        {
            faults.Add(name, 1, "the file is not UTF-8");
            return rows;
        }
        int line = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            line++;
            if (raw.IsWhiteSpace() || raw is "#" || raw.StartsWith("# ")) continue;
            string[] fields = raw.ToString().Split('\t');
            if (fields.Length < minimum || fields.Length > maximum)
                faults.Add(name, line, minimum == maximum ? $"{fields.Length} fields, {minimum} are expected" : $"{fields.Length} fields, {minimum} to {maximum} are expected");
            else if (fields[0].Length == 0 || Array.Exists(fields, f => f.Length != f.AsSpan().Trim().Length))
                faults.Add(name, line, fields[0].Length == 0 ? "the first field is empty" : "a field starts or ends with a blank");
            else rows.Add(new SourceRow(name, line, fields));
        }
        return rows;
    }

    /// <summary>Writes a table: remarks first, then the rows.</summary>
    public static void Write(string path, IEnumerable<string> remarks, IEnumerable<string> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path, false, Strict) { NewLine = "\n" };
        foreach (string remark in remarks) writer.WriteLine(remark.Length == 0 ? "#" : "# " + remark);
        foreach (string row in rows) writer.WriteLine(row);
    }
}
