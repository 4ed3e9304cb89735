using System.Globalization;
using System.Runtime.InteropServices;
using NewsExtract.Records;

namespace NewsExtract.Training.Links;

/// <summary>
/// Hidden units as text: a row a feature, with what it adds to each unit, one signed byte a unit in base 64; the two rows <c>=</c> have where units start and what one in
/// them is worth.
/// </summary>
internal static class UnitTable
{
    /// <summary>What stands behind the decision in the name of the file.</summary>
    public const string Kind = "units";

    private const string Own = "=", Start = "start", Factors = "factors";

    public static void Write(string path, Decision decision, HiddenUnits units)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine($"# Hidden units of the decision {decision}, trained on the corpus. Columns: feature, value, what it adds to each of the {HiddenUnits.Count} units, one signed byte each in base 64.");
        file.WriteLine($"{Own}\t{Start}\t{string.Join(' ', units.Start)}");
        file.WriteLine($"{Own}\t{Factors}\t{string.Join(' ', units.Factors.Select(static f => f.ToString(CultureInfo.InvariantCulture)))}");
        for (int i = 0; i < units.Keys.Length; i++)
            file.WriteLine($"{LinkTables.Columns(units.Keys[i])}\t{Convert.ToBase64String(MemoryMarshal.AsBytes(units.Rows.AsSpan(i * HiddenUnits.Count, HiddenUnits.Count)))}");
    }

    /// <summary>The units of a file; those of an empty one do nothing.</summary>
    public static HiddenUnits Read(string path, Faults faults)
    {
        var rows = new SortedDictionary<int, sbyte[]>();
        short[] start = new short[HiddenUnits.Count];
        float[] factors = new float[HiddenUnits.Count];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            string[] columns = line.Split('\t');
            bool read = columns.Length == 3 && (columns[0] == Own
                ? columns[1] == Start ? TryRead(columns[2], start) && Array.TrueForAll(start, static s => Math.Abs((int)s) <= HiddenUnits.FurthestStart) : columns[1] == Factors && TryRead(columns[2], factors)
                : FeatureList.TryRead(columns[0], columns[1], out int key) && Convert.TryFromBase64String(columns[2], MemoryMarshal.AsBytes((rows[key] = new sbyte[HiddenUnits.Count]).AsSpan()), out int length) && length == HiddenUnits.Count);
            if (!read) faults.Add(path, number, $"expected a feature, its value and {HiddenUnits.Count} bytes in base 64");
        }
        return new HiddenUnits([.. rows.Keys], [.. rows.Values.SelectMany(static row => row)], start, factors);
    }

    private static bool TryRead<T>(string text, T[] numbers) where T : ISpanParsable<T>
    {
        string[] parts = text.Split(' ');
        if (parts.Length != numbers.Length) return false;
        for (int i = 0; i < parts.Length; i++)
            if (!T.TryParse(parts[i], CultureInfo.InvariantCulture, out numbers[i]!)) return false;
        return true;
    }
}
