using System.IO.Compression;
using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>
/// The arrays of a <see cref="CharacterModel"/> and their packed form: one Brotli stream of numbers in groups of seven bits,
/// least significant first, the high bit set on all but a number's last byte. The numbers of a row ascend, so each is written as the
/// distance from the one before. Example: the row 5, 300 is written as 5, 295, which are the bytes 05 A7 02.
/// </summary>
internal sealed class CharacterCounts
{
    /// <summary>Section of the model file.</summary>
    public const string Section = "characters";

    /// <summary>The characters, without the reserved numbers in front.</summary>
    public required char[] Vocabulary { get; init; }
    /// <summary>Cost of each number on its own.</summary>
    public required byte[] Cost1 { get; init; }
    /// <summary>Back-off of each number.</summary>
    public required byte[] Back1 { get; init; }
    /// <summary>Where the pairs of each number start, and the end.</summary>
    public required int[] Row2 { get; init; }
    /// <summary>Second numbers of the pairs, ascending in each row.</summary>
    public required ushort[] Id2 { get; init; }
    /// <summary>Costs of the pairs.</summary>
    public required byte[] Cost2 { get; init; }
    /// <summary>Back-offs of the pairs; 0 where a pair begins no triple.</summary>
    public required byte[] Back2 { get; init; }
    /// <summary>Where the triples of each pair start, and the end.</summary>
    public required int[] Row3 { get; init; }
    /// <summary>Third numbers of the triples, ascending in each row.</summary>
    public required ushort[] Id3 { get; init; }
    /// <summary>Costs of the triples.</summary>
    public required byte[] Cost3 { get; init; }

    /// <summary>The packed form.</summary>
    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var stream = new BrotliStream(packed, CompressionLevel.SmallestSize))
        {
            Number(stream, Vocabulary.Length);
            int last = 0;
            foreach (char c in Vocabulary)
            {
                Number(stream, c - last);
                last = c;
            }
            stream.Write(Cost1);
            stream.Write(Back1);
            Rows(stream, Row2, Id2);
            stream.Write(Cost2);
            Rows(stream, Row3, Id3);
            for (int i = 0; i < Back2.Length; i++)
                if (Row3[i + 1] > Row3[i]) stream.WriteByte(Back2[i]);
            stream.Write(Cost3);
        }
        return packed.ToArray();
    }

    private static void Rows(Stream stream, int[] starts, ushort[] ids)
    {
        for (int row = 0; row + 1 < starts.Length; row++) Number(stream, starts[row + 1] - starts[row]);
        for (int row = 0; row + 1 < starts.Length; row++)
            for (int i = starts[row], last = 0; i < starts[row + 1]; last = ids[i++]) Number(stream, ids[i] - last);
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
        byte[] bytes;
        try
        {
            using var stream = new BrotliStream(new MemoryStream(file.Section(Section).ToArray()), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            stream.CopyTo(unpacked);
            bytes = unpacked.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new ModelException($"{file.Name}: section {Section} is broken", e);
        }
        var reader = new Reader(file.Name, bytes);
        var vocabulary = new char[reader.Number()];
        for (int i = 0, last = 0; i < vocabulary.Length; i++) vocabulary[i] = (char)(last += reader.Number());
        int size = vocabulary.Length + CharacterModel.FirstCharacter;
        byte[] cost1 = reader.Bytes(size), back1 = reader.Bytes(size);
        (int[] row2, ushort[] id2) = reader.Rows(size);
        byte[] cost2 = reader.Bytes(id2.Length);
        (int[] row3, ushort[] id3) = reader.Rows(id2.Length);
        var back2 = new byte[id2.Length];
        for (int i = 0; i < back2.Length; i++)
            if (row3[i + 1] > row3[i]) back2[i] = reader.Bytes(1)[0];
        return new CharacterCounts
        {
            Vocabulary = vocabulary,
            Cost1 = cost1,
            Back1 = back1,
            Row2 = row2,
            Id2 = id2,
            Cost2 = cost2,
            Back2 = back2,
            Row3 = row3,
            Id3 = id3,
            Cost3 = reader.Bytes(id3.Length),
        };
    }

    private ref struct Reader(string name, ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        private readonly ModelException Broken() => new($"{name}: section {Section} is cut off");

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

        public byte[] Bytes(int length)
        {
            if (length > _bytes.Length - _at) throw Broken();
            _at += length;
            return _bytes.Slice(_at - length, length).ToArray();
        }

        public (int[] Starts, ushort[] Ids) Rows(int count)
        {
            var starts = new int[count + 1];
            for (int row = 0; row < count; row++) starts[row + 1] = starts[row] + Number();
            if (starts[count] > _bytes.Length - _at) throw Broken();
            var ids = new ushort[starts[count]];
            for (int row = 0; row < count; row++)
                for (int i = starts[row], last = 0; i < starts[row + 1]; i++) ids[i] = (ushort)(last += Number());
            return (starts, ids);
        }
    }
}
