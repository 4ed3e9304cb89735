using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using NewsExtract.Text;

namespace NewsExtract.Reading.Archives;

/// <summary>
/// The members of a ZIP archive in the order of its directory, which is read piece by piece: ten million members take
/// no more memory than ten. Layout (little-endian): each member has a local header (<c>PK\3\4</c>, 30 bytes, name and
/// extra field behind it) and its data; the directory at the end has an entry a member (<c>PK\1\2</c>, 46 bytes, then
/// name, extra field and comment), and behind it stands <c>PK\5\6</c> with the directory's place at 16, or for
/// large archives <c>PK\6\6</c> with it at 48.
/// </summary>
internal sealed class ZipMembers
{
    private const int WindowLength = 1 << 18; // above the longest entry: 46 bytes and three fields of at most 65,535
    private readonly SafeFileHandle _file;
    private readonly long _fileLength;
    private readonly byte[] _window = new byte[WindowLength];
    private long _windowAt;
    private int _windowLength;
    private long _entryAt;
    private long _entriesLeft;
    private long _packedTaken;
    private int _flags;
    private int _method;
    private long _localAt;

    /// <param name="file">The archive; must be a regular file.</param>
    public ZipMembers(SafeFileHandle file)
    {
        _file = file;
        _fileLength = RandomAccess.GetLength(file);
        FindDirectory();
    }

    /// <summary>The name of the member reached.</summary>
    public string Name { get; private set; } = "";
    /// <summary>Packed bytes of the member reached.</summary>
    public long Packed { get; private set; }
    /// <summary>Checksum of the member reached.</summary>
    public uint Crc { get; private set; }

    /// <summary>Goes to the next member that is a file; false at the end.</summary>
    public bool Next()
    {
        while (_entriesLeft > 0)
        {
            ReadOnlySpan<byte> entry = Entry();
            _entriesLeft--;
            if (Name.EndsWith('/')) continue;
            _flags = U16(entry, 8);
            _method = U16(entry, 10);
            Crc = U32(entry, 16);
            Packed = U32(entry, 20);
            long unpacked = U32(entry, 24);
            _localAt = U32(entry, 42);
            ReadZip64(entry, unpacked);
            return true;
        }
        return false;
    }

    /// <summary>Opens the data of the member reached.</summary>
    public Stream Open()
    {
        if ((_flags & 1) != 0) throw new ArchiveException(DiagnosticCodes.Unsupported, "the member is encrypted");
        Span<byte> local = stackalloc byte[30];
        if (_localAt > _fileLength - 30 || RandomAccess.Read(_file, local, _localAt) < 30 || U32(local, 0) != 0x04034B50)
            throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the member's header is not where the directory says");
        long dataAt = _localAt + 30 + U16(local, 26) + U16(local, 28);
        if (dataAt + Packed > _fileLength) throw new ArchiveException(DiagnosticCodes.ArchiveTruncated, "the member reaches beyond the archive's end");
        // Members that lie over one another are how a small file is made to unpack without end.
        if ((_packedTaken += Packed) > _fileLength) throw new ArchiveException(DiagnosticCodes.CompressionBomb, "the members overlap");
        Stream data = new FileSlice(_file, dataAt, Packed);
        return new CheckedStream(_method switch
        {
            0 => data,
            8 => new DeflateStream(data, CompressionMode.Decompress),
            _ => throw new ArchiveException(DiagnosticCodes.Unsupported, $"packed by method {_method}"),
        }, Crc);
    }

    private void FindDirectory()
    {
        int length = (int)Math.Min(_fileLength, 22 + 65535);
        byte[] end = new byte[length];
        int read = RandomAccess.Read(_file, end, _fileLength - length);
        for (int at = read - 22; at >= 0; at--)
        {
            if (U32(end, at) != 0x06054B50) continue;
            _entriesLeft = U16(end, at + 10);
            _entryAt = U32(end, at + 16);
            if (_entriesLeft == 0xFFFF || _entryAt == uint.MaxValue) FindLargeDirectory(end, at);
            if (_entryAt > _fileLength) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the ZIP directory lies outside the file");
            return;
        }
        throw new ArchiveException(_fileLength > 4 ? DiagnosticCodes.ArchiveTruncated : DiagnosticCodes.ArchiveDamaged, "the ZIP archive has no directory: it is cut off or no archive");
    }

    private void FindLargeDirectory(byte[] end, int at)
    {
        Span<byte> record = stackalloc byte[56];
        if (at < 20 || U32(end, at - 20) != 0x07064B50) return; // exactly 65,535 members in a small archive
        long recordAt = I64(end, at - 12);
        if (recordAt < 0 || recordAt > _fileLength - 56 || RandomAccess.Read(_file, record, recordAt) < 56 || U32(record, 0) != 0x06064B50)
            throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the large ZIP directory is not where the archive says");
        _entriesLeft = I64(record, 32);
        _entryAt = I64(record, 48);
        if (_entryAt < 0 || _entriesLeft < 0) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the ZIP directory lies outside the file");
    }

    // The next directory entry, with its name read and the place moved on.
    private ReadOnlySpan<byte> Entry()
    {
        if (!InWindow(46) || U32(At(), 0) != 0x02014B50) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the ZIP directory is damaged");
        int length = 46 + U16(At(), 28) + U16(At(), 30) + U16(At(), 32);
        if (!InWindow(length)) throw new ArchiveException(DiagnosticCodes.ArchiveTruncated, "the ZIP directory is cut off");
        ReadOnlySpan<byte> entry = At()[..length];
        Name = MemberNames.Decode(entry.Slice(46, U16(entry, 28)));
        _entryAt += length;
        return entry;
    }

    private ReadOnlySpan<byte> At() => _window.AsSpan((int)(_entryAt - _windowAt), _windowLength - (int)(_entryAt - _windowAt));

    private bool InWindow(int length)
    {
        if (_entryAt >= _windowAt && _entryAt + length <= _windowAt + _windowLength) return true;
        _windowAt = _entryAt;
        _windowLength = 0;
        while (_windowLength < length && RandomAccess.Read(_file, _window.AsSpan(_windowLength), _windowAt + _windowLength) is > 0 and int read) _windowLength += read;
        return _windowLength >= length;
    }

    // Extra field 1 holds, in this order, those of unpacked size, packed size and place that did not fit.
    private void ReadZip64(ReadOnlySpan<byte> entry, long unpacked)
    {
        ReadOnlySpan<byte> extra = entry.Slice(46 + U16(entry, 28), U16(entry, 30));
        while (extra.Length >= 4)
        {
            int id = U16(extra, 0), length = Math.Min(U16(extra, 2), extra.Length - 4);
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1) continue;
            if (unpacked == uint.MaxValue && field.Length >= 8) field = field[8..];
            if (Packed == uint.MaxValue && field.Length >= 8)
            {
                Packed = I64(field, 0);
                field = field[8..];
            }
            if (_localAt == uint.MaxValue && field.Length >= 8) _localAt = I64(field, 0);
        }
        if (Packed < 0 || _localAt < 0) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the ZIP directory is damaged");
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private sealed class FileSlice(SafeFileHandle file, long at, long length) : ReadOnlyStream
    {
        private long _done;

        public override int Read(Span<byte> buffer)
        {
            int read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - _done)], at + _done);
            _done += read;
            return read;
        }
    }

    private sealed class CheckedStream(Stream data, uint expected) : ReadOnlyStream
    {
        private uint _crc;

        public override int Read(Span<byte> buffer)
        {
            int read = data.Read(buffer);
            if (read > 0) _crc = Crc32.Append(_crc, buffer[..read]);
            else if (!buffer.IsEmpty && _crc != expected) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the checksum does not match");
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            data.Dispose();
            base.Dispose(disposing);
        }
    }
}
