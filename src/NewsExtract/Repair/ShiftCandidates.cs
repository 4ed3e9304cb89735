namespace NewsExtract.Repair;

/// <summary>
/// The characters that a lost byte can have belonged to: those of GBK that the character model knows,
/// by first and by second byte. Immutable.
/// </summary>
internal sealed class ShiftCandidates
{
    private readonly char[][] _byLead = new char[256][];
    private readonly char[][] _byTrail = new char[256][];
    private readonly bool[] _assigned = new bool[65536];

    /// <summary>Sorts the characters of <paramref name="gbk"/> by their bytes, likeliest first.</summary>
    public ShiftCandidates(GbkTable gbk, CharacterModel model)
    {
        for (int first = 0; first < 256; first++)
        {
            List<char> lead = [], trail = [];
            for (int other = 0x40; other < 256; other++)
            {
                char c = gbk.Character(first, other);
                if (c != 0)
                {
                    _assigned[(first << 8) | other] = true;
                    if (model.Id(c) > CharacterModel.Latin) lead.Add(c);
                }
            }
            for (int other = 0x81; other < 256; other++)
            {
                char c = gbk.Character(other, first);
                if (c != 0 && model.Id(c) > CharacterModel.Latin) trail.Add(c);
            }
            _byLead[first] = Sort(lead, model);
            _byTrail[first] = Sort(trail, model);
        }
    }

    private static char[] Sort(List<char> characters, CharacterModel model) =>
        [.. characters.OrderBy(c => model.UnigramCost(model.Id(c))).ThenBy(c => c)];

    /// <summary>Characters with this first byte.</summary>
    public char[] ByLead(int lead) => _byLead[lead];

    /// <summary>Characters with this second byte.</summary>
    public char[] ByTrail(int trail) => _byTrail[trail];

    /// <summary>Whether a decoder makes a character of the two bytes; otherwise it writes one question mark.</summary>
    public bool Decodes(int first, int second) => _assigned[(first << 8) | second];
}
