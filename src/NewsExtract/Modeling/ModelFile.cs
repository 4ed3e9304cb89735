using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace NewsExtract.Modeling;

/// <summary>A model file that can't be used; the message names the file and the section.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The container of compiled models: sections of bytes by name. Unknown sections are skipped, a missing one
/// is an error that names it. Layout, little-endian: the eight bytes <c>NEWSXMDL</c>; int32 format version (1);
/// int32 count; for each section a length-prefixed (byte) ASCII name, int32 offset and int32 length; then the
/// sections, each starting at a multiple of 8. Example: one section "a" of 3 bytes starts at offset
/// 8+4+4+(1+1+4+4) = 26, padded to 32.
/// </summary>
public sealed class ModelFile
{
    private const int Version = 1;
    private static readonly byte[] Magic = "NEWSXMDL"u8.ToArray();
    private readonly byte[] _data;
    private readonly Dictionary<string, (int Offset, int Length)> _sections;

    private ModelFile(string name, byte[] data, Dictionary<string, (int, int)> sections)
    {
        Name = name;
        _data = data;
        _sections = sections;
    }

    /// <summary>The path or a description, for messages.</summary>
    public string Name { get; }

    /// <summary>The names of all sections, sorted.</summary>
    public IEnumerable<string> Sections => _sections.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="ModelException">The file is missing, unreadable or no model file.</exception>
    public static ModelFile Load(string path)
    {
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: the model file can't be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="ModelException">The bytes are no model file.</exception>
    public static ModelFile Parse(string name, byte[] data)
    {
        if (data.Length < 16 || !data.AsSpan(0, 8).SequenceEqual(Magic)) throw new ModelException($"{name}: not a model file");
        int version = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(8));
        if (version != Version) throw new ModelException($"{name}: format version {version}, this build reads {Version}");
        int count = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(12));
        var sections = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        int at = 16;
        for (int i = 0; i < count; i++)
        {
            if (at >= data.Length || at + 1 + data[at] + 8 > data.Length) throw new ModelException($"{name}: the table of sections is cut off");
            string section = Encoding.ASCII.GetString(data, at + 1, data[at]);
            at += 1 + data[at];
            int offset = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at));
            int length = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at + 4));
            at += 8;
            if (offset < 0 || length < 0 || (long)offset + length > data.Length) throw new ModelException($"{name}: section {section} lies outside the file");
            sections[section] = (offset, length);
        }
        return new ModelFile(name, data, sections);
    }

    /// <summary>Whether there is such a section.</summary>
    public bool Has(string section) => _sections.ContainsKey(section);

    /// <summary>A section's bytes.</summary>
    /// <exception cref="ModelException">There is no such section.</exception>
    public ReadOnlyMemory<byte> Section(string section) =>
        _sections.TryGetValue(section, out var at) ? _data.AsMemory(at.Offset, at.Length)
            : throw new ModelException($"{Name}: section {section} is missing");

    /// <summary>A section as an array of fixed-size values.</summary>
    /// <exception cref="ModelException">There is no such section, or its length is no multiple of the value's size.</exception>
    public T[] Array<T>(string section) where T : unmanaged => Values<T>(section, Section(section).Span);

    /// <summary>The same of a section in the form of <see cref="Pack"/>.</summary>
    /// <exception cref="ModelException">There is no such section, it is broken, or its length is no multiple of the value's size.</exception>
    public T[] UnpackedArray<T>(string section) where T : unmanaged => Values<T>(section, Unpacked(section).Span);

    private T[] Values<T>(string section, ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        if (bytes.Length % Marshal.SizeOf<T>() != 0) throw new ModelException($"{Name}: section {section} is cut off");
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>The bytes that a section holds in the form of <see cref="Pack"/>.</summary>
    /// <exception cref="ModelException">There is no such section, or it is broken.</exception>
    public ReadOnlyMemory<byte> Unpacked(string section)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var stream = new BrotliStream(new MemoryStream(Section(section).ToArray()), CompressionMode.Decompress);
            stream.CopyTo(unpacked);
        }
        catch (InvalidDataException e)
        {
            throw new ModelException($"{Name}: section {section} is broken", e);
        }
        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }

    /// <summary>Bytes as one Brotli stream: a section that is read whole and is large.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new BrotliStream(packed, CompressionLevel.SmallestSize)) stream.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A section as UTF-8 text.</summary>
    /// <exception cref="ModelException">There is no such section.</exception>
    public string Text(string section) => Encoding.UTF8.GetString(Section(section).Span);

    /// <summary>Writes sections in the order of their names: the same sections give the same bytes.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, byte[]> sections)
    {
        string[] names = [.. sections.Keys.Order(StringComparer.Ordinal)];
        int at = 16 + names.Sum(n => 1 + Encoding.ASCII.GetByteCount(n) + 8);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(names.Length);
        foreach (string name in names)
        {
            at = (at + 7) & ~7;
            byte[] ascii = Encoding.ASCII.GetBytes(name);
            writer.Write((byte)ascii.Length);
            writer.Write(ascii);
            writer.Write(at);
            writer.Write(sections[name].Length);
            at += sections[name].Length;
        }
        foreach (string name in names)
        {
            while (stream.Position % 8 != 0) writer.Write((byte)0);
            writer.Write(sections[name]);
        }
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The bytes of an array of fixed-size values, as <see cref="Array{T}"/> reads them.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> values) where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();
}
