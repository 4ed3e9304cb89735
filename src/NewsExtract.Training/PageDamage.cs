using NewsExtract.Modeling;
using NewsExtract.Repair;

namespace NewsExtract.Training;

/// <summary>
/// Damages a Traditional text as republishing tools do that work on GBK bytes without regard to the borders of
/// characters: pinyin goes in behind two bytes wherever they stand, marks of row A3 become ASCII wherever their two bytes
/// stand, and the pieces in between are decoded on their own. For measuring and for tests; repair goes the other way.
/// </summary>
internal sealed class PageDamage
{
    private readonly GbkTable _gbk = new();
    private readonly (char Character, string Reading)[] _readings;

    /// <summary>Takes the readings of the compiled model.</summary>
    public PageDamage(ModelFile model)
    {
        string[] syllables = model.Text("readings.syllables").Split('\n');
        char[] pairs = model.Array<char>("readings.characters");
        var first = new SortedDictionary<char, string>();
        for (int i = 0; i + 1 < pairs.Length; i += 2)
            if (_gbk.Pair(pairs[i]) != 0) first.TryAdd(pairs[i], syllables[pairs[i + 1]]);
        _readings = [.. first.Select(p => (p.Key, p.Value))];
    }

    /// <summary>Takes the readings of a table.</summary>
    /// <param name="readings">Characters in the order in which they are drawn, each with what is put behind it.</param>
    public PageDamage(IEnumerable<(char Character, string Reading)> readings) => _readings = [.. readings.Where(r => _gbk.Pair(r.Character) != 0)];

    /// <summary>Draws the characters that a page glosses, each with probability <paramref name="share"/>, with their readings by GBK bytes.</summary>
    public Dictionary<int, string> DrawGlosses(Random random, double share) => DrawGlosses(random.NextDouble, share);

    /// <summary>The same with numbers from 0 to 1 of any origin.</summary>
    public Dictionary<int, string> DrawGlosses(Func<double> draw, double share)
    {
        var glosses = new Dictionary<int, string>();
        foreach ((char character, string reading) in _readings)
            if (draw() < share) glosses[_gbk.Pair(character)] = reading;
        return glosses;
    }

    /// <summary>Damages a text.</summary>
    /// <param name="text">A Traditional text.</param>
    /// <param name="glosses">Readings by GBK bytes, as <see cref="DrawGlosses"/> gives them.</param>
    /// <param name="shifted">Set for each UTF-16 unit of <paramref name="text"/>: whether its bytes were read out of step.</param>
    public string Damage(string text, Dictionary<int, string> glosses, out bool[] shifted)
    {
        (byte[] raw, int[] starts) = Encode(text);
        var inStep = new bool[raw.Length + 1];
        var output = new System.Text.StringBuilder();
        int piece = 0, i = 0;
        while (i < raw.Length)
        {
            int pair = i + 1 < raw.Length ? (raw[i] << 8) | raw[i + 1] : 0;
            if (glosses.TryGetValue(pair, out string? reading))
            {
                i += 2;
                Decode(raw, piece, i, output, inStep);
                piece = i;
                // Behind a lone byte the opening bracket is lost as well.
                if (output.Length == 0 || output[^1] != '?') output.Append('(');
                output.Append(reading).Append(')');
            }
            else if (pair is 0xA3BB or 0xA3BF or 0xA3A1 or 0xA3AC or 0xA3BA or 0xA3A8 or 0xA3A9)
            {
                Decode(raw, piece, i, output, inStep);
                output.Append((char)((pair & 0xFF) - 0x80));
                inStep[i] = true;
                i += 2;
                piece = i;
            }
            else i++;
        }
        Decode(raw, piece, raw.Length, output, inStep);
        shifted = new bool[text.Length];
        for (int k = 0; k < text.Length; k++) shifted[k] = !inStep[starts[k]];
        return output.ToString();
    }

    private (byte[] Raw, int[] Starts) Encode(string text)
    {
        var raw = new List<byte>(text.Length * 2);
        var starts = new int[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            starts[i] = raw.Count;
            int pair = _gbk.Pair(text[i]);
            if (pair != 0)
            {
                raw.Add((byte)(pair >> 8));
                raw.Add((byte)pair);
            }
            else raw.Add(text[i] < 0x80 ? (byte)text[i] : (byte)'?');
        }
        return ([.. raw], starts);
    }

    /// <summary>Decodes a piece; a pair that is no character and a lone first byte give a question mark.</summary>
    private void Decode(byte[] raw, int from, int end, System.Text.StringBuilder output, bool[] inStep)
    {
        int i = from;
        while (i < end)
        {
            inStep[i] = true;
            if (raw[i] < 0x80) output.Append((char)raw[i++]);
            else if (i + 1 >= end)
            {
                output.Append('?');
                inStep[i++] = false;
            }
            else
            {
                char c = _gbk.Character(raw[i], raw[i + 1]);
                output.Append(c == 0 ? '?' : c);
                i += 2;
            }
        }
    }
}
