using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>
/// The arrays of a <see cref="CharacterModel"/> and their packed form. The nodes of the trie are numbered by length: first one for each
/// number of the vocabulary, then the pairs, then the triples and so on, each in the order of the nodes they go on from. The packed form is
/// one Brotli stream of numbers in groups of seven bits, least significant first, the high bit set on all but a number's last byte. The numbers
/// of a row ascend, so each is written as the distance from the one before. Example: the row 5, 300 is written as 5, 295, which are the bytes 05 A7 02.
/// </summary>
internal sealed class CharacterCounts
{
    /// <summary>Section of the model file.</summary>
    public const string Section = "characters";

    /// <summary>Characters in the longest n-gram.</summary>
    public required int Order { get; init; }
    /// <summary>The characters, without the reserved numbers in front.</summary>
    public required char[] Vocabulary { get; init; }
    /// <summary>The last character of each node, as its number; ascending in each row.</summary>
    public required ushort[] Numbers { get; init; }
    /// <summary>The cost of each node's last character after the others.</summary>
    public required byte[] Costs { get; init; }
    /// <summary>Where the row of each node starts that is shorter than the longest, and the end.</summary>
    public required int[] Rows { get; init; }
    /// <summary>The back-off of each node that is shorter than the longest; 0 where its row is empty.</summary>
    public required byte[] Backs { get; init; }

    /// <summary>The packed form.</summary>
    public byte[] Pack()
    {
        using var stream = new MemoryStream();
        Number(stream, Order);
        Number(stream, Vocabulary.Length);
        int last = 0;
        foreach (char c in Vocabulary)
        {
            Number(stream, c - last);
            last = c;
        }
        // By length, and by kind within a length: like packs better with like.
        int first = 0, end = Vocabulary.Length + CharacterModel.FirstCharacter;
        stream.Write(Costs.AsSpan(0, end));
        for (int order = 2; order <= Order; order++)
        {
            for (int node = first; node < end; node++) Number(stream, Rows[node + 1] - Rows[node]);
            for (int node = first; node < end; node++)
                for (int i = Rows[node], before = 0; i < Rows[node + 1]; before = Numbers[i++]) Number(stream, Numbers[i] - before);
            for (int node = first; node < end; node++)
                if (Rows[node + 1] > Rows[node]) stream.WriteByte(Backs[node]);
            (first, end) = (end, Rows[end]);
            stream.Write(Costs.AsSpan(first, end - first));
        }
        return ModelFile.Pack(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void Number(Stream stream, int value)
    {
        for (; value >= 0x80; value >>= 7) stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    /// <summary>Fails where the file lacks the section.</summary>
    /// <exception cref="ModelException">It is missing.</exception>
    public static void Demand(ModelFile file) => file.Section(Section);

    /// <summary>Reads the section of a model file.</summary>
    /// <exception cref="ModelException">It is missing or broken.</exception>
    public static CharacterCounts Unpack(ModelFile file)
    {
        var reader = new Reader(file.Name, file.Unpacked(Section).Span);
        int order = reader.Number();
        var vocabulary = new char[reader.Number()];
        for (int i = 0, last = 0; i < vocabulary.Length; i++) vocabulary[i] = (char)(last += reader.Number());
        int first = 0, end = vocabulary.Length + CharacterModel.FirstCharacter;
        int[] rows = [end];
        var numbers = new ushort[end];
        for (int i = 0; i < end; i++) numbers[i] = (ushort)i;
        byte[] costs = reader.Bytes(end).ToArray(), backs = [];
        for (int length = 2; length <= order; length++)
        {
            Array.Resize(ref rows, end + 1);
            for (int node = first; node < end; node++)
            {
                rows[node + 1] = rows[node] + reader.Number();
                if (rows[node + 1] - end > reader.Left) throw reader.Broken(); // each takes a byte at least
            }
            Array.Resize(ref numbers, rows[end]);
            for (int node = first; node < end; node++)
                for (int i = rows[node], before = 0; i < rows[node + 1]; i++) numbers[i] = (ushort)(before += reader.Number());
            Array.Resize(ref backs, end);
            for (int node = first; node < end; node++) backs[node] = rows[node + 1] > rows[node] ? reader.Bytes(1)[0] : (byte)0;
            (first, end) = (end, rows[end]);
            Array.Resize(ref costs, end);
            reader.Bytes(end - first).CopyTo(costs.AsSpan(first));
        }
        return new CharacterCounts { Order = order, Vocabulary = vocabulary, Numbers = numbers, Costs = costs, Rows = rows, Backs = backs };
    }

    private ref struct Reader(string name, ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        public readonly int Left => _bytes.Length - _at;

        public readonly ModelException Broken() => new($"{name}: section {Section} is cut off");

        public int Number()
        {
            int value = 0;
            for (int shift = 0; shift < 28; shift += 7)
            {
                if (_at == _bytes.Length) throw Broken();
                byte b = _bytes[_at++];
                value |= (b & 0x7F) << shift;
                if (b < 0x80) return value;
            }
            throw Broken();
        }

        public ReadOnlySpan<byte> Bytes(int length)
        {
            if (length < 0 || length > _bytes.Length - _at) throw Broken();
            _at += length;
            return _bytes.Slice(_at - length, length);
        }
    }
}
