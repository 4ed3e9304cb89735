namespace NewsExtract.Repair;

/// <summary>
/// UTF-8 that was read as GBK. <c>，</c> is EF BC 8C, of which EF BC reads <c>锛</c>; <c>。</c> begins with E3 80, <c>銆</c>;
/// <c>“</c> with E2 80, <c>鈥</c>. None of the three stands in news text, so they give a stretch away. One a thread.
/// </summary>
internal sealed class MojibakeRepair(RepairKnowledge knowledge)
{
    private const int LongestStretch = 4000; // UTF-16 units on each side of the character that gives it away
    private const short Lost = -1;
    private readonly List<(short Byte, int At)> _bytes = [];
    private readonly System.Text.StringBuilder _decoded = new();

    /// <summary>
    /// Reads the stretch around <paramref name="at"/>, not before <paramref name="from"/>. Returns the offset behind it
    /// and what it was, or -1 where the text does not read better so.
    /// </summary>
    public int Read(string text, int from, int at, out int start, out string repaired)
    {
        start = at;
        repaired = "";
        int first = at, end = at;
        while (first > from && at - first < LongestStretch && IsPart(text[first - 1])) first--;
        while (end < text.Length && end - at < LongestStretch && IsPart(text[end])) end++;
        // Sound text may stand in front: the stretch starts where everything from there up to the sign decodes.
        for (; first <= at; first++)
        {
            if (text[first] < 0x80) continue;
            int behind = Decode(text, first, end);
            if (behind <= at) continue;
            repaired = _decoded.ToString();
            if (Cost(repaired) >= Cost(text.AsSpan(first, behind - first))) return -1;
            start = first;
            return behind;
        }
        return -1;
    }

    private bool IsPart(char c) => c is '?' or '\uFFFD' or '€' || (c is > '\n' and < '\u0080' && c != '\r') || knowledge.Gbk.PairOrUserDefined(c) != 0;

    private int Cost(ReadOnlySpan<char> text)
    {
        ModelState state = knowledge.Model.Start;
        int cost = 0;
        foreach (char c in text) cost += knowledge.Model.Advance(ref state, knowledge.Model.Id(c));
        return cost;
    }

    /// <summary>Decodes as far as the bytes are UTF-8; returns the offset behind the last unit used.</summary>
    private int Decode(string text, int first, int end)
    {
        _bytes.Clear();
        _decoded.Clear();
        for (int i = first; i < end; i++)
        {
            int pair = knowledge.Gbk.PairOrUserDefined(text[i]);
            if (pair != 0)
            {
                _bytes.Add(((short)(pair >> 8), i));
                _bytes.Add(((short)(pair & 0xFF), i));
            }
            else _bytes.Add((text[i] is '?' or '\uFFFD' ? Lost : text[i] == '€' ? (short)0x80 : (short)text[i], i));
        }
        int at = 0, behind = first;
        ModelState state = knowledge.Model.Start;
        while (at < _bytes.Count)
        {
            int lead = _bytes[at].Byte;
            if (lead is > 0 and < 0x80 || lead == Lost)
            {
                Append((char)(lead == Lost ? '?' : lead), ref state);
                at++;
            }
            else if (lead is >= 0xE2 and <= 0xEF && at + 2 < _bytes.Count && IsTail(_bytes[at + 1].Byte) && (IsTail(_bytes[at + 2].Byte) || _bytes[at + 2].Byte == Lost))
            {
                int high = ((lead & 0xF) << 12) | ((_bytes[at + 1].Byte & 0x3F) << 6);
                char c = _bytes[at + 2].Byte == Lost ? Likeliest(high, state) : (char)(high | (_bytes[at + 2].Byte & 0x3F));
                if (char.IsSurrogate(c)) break;
                Append(c, ref state);
                at += 3;
            }
            else if (lead is >= 0xC2 and <= 0xC3 && at + 1 < _bytes.Count && IsTail(_bytes[at + 1].Byte))
            {
                Append((char)(((lead & 0x1F) << 6) | (_bytes[at + 1].Byte & 0x3F)), ref state);
                at += 2;
            }
            else break;
            // A character of the damaged text may hold the last byte of one and the first of the next.
            if (at == _bytes.Count || _bytes[at].At > _bytes[at - 1].At) behind = _bytes[at - 1].At + 1;
        }
        return behind;
    }

    private static bool IsTail(int b) => b is >= 0x80 and < 0xC0;

    private void Append(char c, ref ModelState state)
    {
        knowledge.Model.Advance(ref state, knowledge.Model.Id(c));
        _decoded.Append(c);
    }

    private char Likeliest(int high, ModelState state)
    {
        int best = int.MaxValue;
        char likeliest = '?';
        for (int low = 0; low < 64; low++)
        {
            ModelState next = state;
            int cost = knowledge.Model.Advance(ref next, knowledge.Model.Id((char)(high | low)));
            if (cost >= best) continue;
            best = cost;
            likeliest = (char)(high | low);
        }
        return likeliest;
    }
}
