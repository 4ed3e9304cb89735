using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Repair;

namespace NewsExtract.Training;

/// <summary>Compiles <c>models/sources/repair/</c> into <c>repair.bin</c>.</summary>
internal static class RepairCompiler
{
    /// <summary>The bytes of <c>repair.bin</c> from the folder <c>models/sources</c>.</summary>
    public static byte[] Compile(string sources, Faults faults)
    {
        string model = Path.Combine(sources, "repair", "characters.bin");
        if (File.Exists(model)) return Compile(sources, ModelFile.Load(model), faults);
        faults.Add("repair/characters.bin", 1, "the file is missing; train-characters makes it");
        return [];
    }

    /// <summary>The same with a character model of its own.</summary>
    public static byte[] Compile(string sources, ModelFile trained, Faults faults)
    {
        string folder = Path.Combine(sources, "repair");
        SortedDictionary<string, byte[]> sections = Script(folder, faults);
        List<char> compatibility = [], readings = [];
        foreach (SourceRow row in Rows(folder, "compatibility.tsv", faults))
        {
            if (row[0].Length != 1 || row[1].Length != 1) faults.Add(row, "one character is expected on each side");
            else compatibility.AddRange([row[0][0], row[1][0]]);
        }
        var syllables = new SortedSet<string>(StringComparer.Ordinal);
        List<(char Character, string Reading)> pairs = [];
        foreach (SourceRow row in Rows(folder, "readings.tsv", faults))
            foreach (string reading in row[1].Split(','))
            {
                if (row[0].Length != 1 || reading.Length is 0 or > 7)
                {
                    faults.Add(row, "a character and its readings are expected");
                    continue;
                }
                syllables.Add(reading);
                pairs.Add((row[0][0], reading));
            }
        string[] order = [.. syllables];
        foreach ((char character, string reading) in pairs)
            readings.AddRange([character, (char)Array.BinarySearch(order, reading, StringComparer.Ordinal)]);

        sections["compatibility"] = Bytes(compatibility);
        sections["readings.syllables"] = Encoding.UTF8.GetBytes(string.Join('\n', order));
        sections["readings.characters"] = Bytes(readings);
        sections["posts"] = Encoding.UTF8.GetBytes(string.Join('\n', File.ReadLines(Path.Combine(folder, "posts.txt")).Where(l => !l.StartsWith('#') && l.Length > 0)));
        sections["surnames"] = Bytes(ReadCharacters(Path.Combine(folder, "surnames.txt")));
        foreach (string section in trained.Sections) sections[section] = trained.Section(section).ToArray();
        return ModelFile.Write(sections);
    }

    /// <summary>The characters of a list, in order; lines that start with <c>#</c> are remarks.</summary>
    public static string ReadCharacters(string path) =>
        string.Concat(File.ReadLines(path).Where(l => !l.StartsWith('#')).Select(l => l.Trim()));

    /// <summary>For each UTF-16 unit the character that the character model counts it as.</summary>
    public static char[] Folding(string sources, Faults faults) =>
        new ScriptTable(ModelFile.Parse("script", ModelFile.Write(Script(Path.Combine(sources, "repair"), faults)))).Folding();

    private static SortedDictionary<string, byte[]> Script(string folder, Faults faults)
    {
        List<char> characters = [];
        foreach (SourceRow row in Rows(folder, "script-characters.tsv", faults))
            foreach (string form in row[1].Split(' '))
            {
                if (row[0].Length != 1 || form.Length != 1) faults.Add(row, "one character is expected on each side");
                else characters.AddRange([row[0][0], form[0]]);
            }
        var phrases = new StringBuilder();
        foreach (SourceRow row in Rows(folder, "script-phrases.tsv", faults))
        {
            if (row[0].Length != row[1].Length || row[0].Length < 2) faults.Add(row, "both forms must have the same length, 2 or more");
            else phrases.Append(row[0]).Append(row[1]).Append('\n');
        }
        return new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["script.characters"] = Bytes(characters),
            ["script.phrases"] = Encoding.UTF8.GetBytes(phrases.ToString()),
            ["script.standard"] = Bytes(ReadCharacters(Path.Combine(folder, "standard.txt"))),
            ["script.simplified-only"] = Bytes(ReadCharacters(Path.Combine(folder, "simplified-only.txt"))),
        };
    }

    private static byte[] Bytes(IEnumerable<char> characters) => ModelFile.Bytes<char>(characters.ToArray());

    private static List<SourceRow> Rows(string folder, string name, Faults faults) =>
        SourceTable.Read(Path.Combine(folder, name), "repair/" + name, 2, 2, faults);
}
