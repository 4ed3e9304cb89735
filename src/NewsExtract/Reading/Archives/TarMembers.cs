using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Reading.Archives;

/// <summary>
/// The members of a tar archive as a stream: ustar, GNU long names, pax paths. Blocks of 512 bytes: a header with the
/// name at 0, the size in octal at 124, the type at 156, a checksum at 148 and the name's front part at 345; then the
/// data, padded. Two blocks of zeros end it.
/// </summary>
internal sealed class TarMembers(Stream stream) : IDisposable
{
    private const int BlockLength = 512;
    private const int LongestName = 64 << 10;
    private readonly byte[] _header = new byte[BlockLength];
    private LimitedStream? _member;
    private int _padding;

    /// <summary>The name of the member reached.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The data of the member reached.</summary>
    public Stream Content => _member!;

    /// <inheritdoc/>
    public void Dispose() => _member?.Dispose();

    /// <summary>Goes to the next member that is a file; false at the end.</summary>
    public bool Next()
    {
        byte[]? longName = null;
        while (true)
        {
            if (_member is not null)
            {
                _member.Drain();
                SkipPadding();
                _member = null;
            }
            int read = stream.ReadAtLeast(_header, BlockLength, throwOnEndOfStream: false);
            if (read == 0) return false;
            if (read < BlockLength) throw new ArchiveException(DiagnosticCodes.ArchiveTruncated, "the tar archive is cut off in a header");
            if (_header.AsSpan().IndexOfAnyExcept((byte)0) < 0) return false;
            if (!IsSound()) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "a tar header does not match its checksum");
            long size = Size();
            _padding = (int)(-size & (BlockLength - 1));
            _member = new LimitedStream(stream, size);
            switch ((char)_header[156])
            {
                case 'L':
                    longName = ReadName(size);
                    break;
                case 'x':
                    longName = PaxPath(ReadName(size)) ?? longName;
                    break;
                case '0' or '\0' or '7':
                    Name = MemberNames.Decode(longName ?? HeaderName());
                    return true;
                case 'g' or 'K':
                    break;
                default: // links, folders, devices: no text
                    longName = null;
                    break;
            }
        }
    }

    private bool IsSound()
    {
        int sum = 0;
        for (int i = 0; i < BlockLength; i++) sum += i is >= 148 and < 156 ? ' ' : _header[i];
        return Octal(_header.AsSpan(148, 8)) == sum;
    }

    private long Size()
    {
        ReadOnlySpan<byte> field = _header.AsSpan(124, 12);
        if ((field[0] & 0x80) == 0) return Octal(field) is >= 0 and long octal ? octal : throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "a tar header has no size");
        long size = 0;
        foreach (byte b in field[4..]) size = size << 8 | b; // GNU: base 256 for what octal can't hold
        return size >= 0 ? size : throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "a tar header has no size");
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        bool any = false;
        foreach (byte b in field)
        {
            if (b is (byte)' ' or 0)
            {
                if (any) break;
                continue;
            }
            if (b is < (byte)'0' or > (byte)'7') return -1;
            value = value * 8 + (b - '0');
            any = true;
        }
        return any ? value : -1;
    }

    private byte[] HeaderName()
    {
        ReadOnlySpan<byte> name = Text(_header.AsSpan(0, 100)), front = _header.AsSpan(257, 5).SequenceEqual("ustar"u8) && _header[263] == '0' ? Text(_header.AsSpan(345, 155)) : default;
        return front.IsEmpty ? name.ToArray() : [.. front, (byte)'/', .. name];
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is >= 0 and int end ? field[..end] : field;

    private byte[] ReadName(long size)
    {
        if (size > LongestName) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "a member's name is longer than 65536 bytes");
        byte[] name = new byte[size];
        _member!.ReadExactly(name);
        return Text(name).ToArray();
    }

    // Records of the form "30 path=some/long/name.txt\n"; the number counts the whole record.
    private static byte[]? PaxPath(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            int space = records.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(Encoding.ASCII.GetString(records[..space]), out int length) || length <= space || length > records.Length) return null;
            ReadOnlySpan<byte> record = records[(space + 1)..length].TrimEnd((byte)'\n');
            if (record.StartsWith("path="u8)) return record[5..].ToArray();
            records = records[length..];
        }
        return null;
    }

    private void SkipPadding()
    {
        Span<byte> waste = stackalloc byte[BlockLength];
        if (_padding > 0) _ = stream.ReadAtLeast(waste[.._padding], _padding, throwOnEndOfStream: false);
    }
}
