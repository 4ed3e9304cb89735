using System.Buffers.Binary;
using System.IO.Compression;
using NewsExtract.Text;

namespace NewsExtract.Reading.Archives;

/// <summary>
/// The unpacked bytes of a gzip stream of any number of members (RFC 1952). The runtime's own reader takes a stream
/// that was cut off for one that has ended; here a member counts only with its checksum and length behind it. Where a
/// member's data ends is found by that very trailer: inflating reads ahead, but not past the piece that holds the end.
/// </summary>
internal sealed class GzipInput : ReadOnlyStream
{
    private const int TrailerLength = 8;
    private readonly Pieces _pieces;
    private DeflateStream? _member;
    private uint _crc;
    private uint _length;
    private bool _isFirst = true;
    private bool _isDone;

    /// <param name="stream">The packed bytes.</param>
    public GzipInput(Stream stream) => _pieces = new Pieces(stream);

    /// <summary>Packed bytes taken so far.</summary>
    public long Packed => _pieces.Taken;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!_isDone && !buffer.IsEmpty)
        {
            if (_member is null && !OpenMember()) return 0;
            int read = _member!.Read(buffer);
            if (read > 0)
            {
                _crc = Crc32.Append(_crc, buffer[..read]);
                _length = unchecked(_length + (uint)read);
                return read;
            }
            EndMember();
        }
        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _member?.Dispose();
        base.Dispose(disposing);
    }

    private bool OpenMember()
    {
        Span<byte> head = stackalloc byte[10];
        int read = _pieces.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read < 2 || head[0] != 0x1F || head[1] != 0x8B)
        {
            // Padding behind the last member is usual on tapes.
            _isDone = true;
            if (_isFirst && read > 0) throw new ArchiveException(DiagnosticCodes.ArchiveDamaged, "no gzip data");
            return false;
        }
        if (read < head.Length) throw Truncated();
        if (head[2] != 8) throw new ArchiveException(DiagnosticCodes.Unsupported, $"packed by method {head[2]}");
        byte flags = head[3];
        if ((flags & 4) != 0) Skip(Byte() | Byte() << 8);
        if ((flags & 8) != 0) SkipText();
        if ((flags & 16) != 0) SkipText();
        if ((flags & 2) != 0) Skip(2);
        _isFirst = false;
        _crc = _length = 0;
        _pieces.IsAskedAtEnd = false;
        _member = new DeflateStream(_pieces, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    private void EndMember()
    {
        _member!.Dispose();
        _member = null;
        if (_pieces.IsAskedAtEnd) throw Truncated();
        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        if (!_pieces.GoBehind(trailer, out bool isCutOff))
            throw isCutOff ? Truncated() : new ArchiveException(DiagnosticCodes.ArchiveDamaged, "the checksum does not match");
    }

    private static ArchiveException Truncated() => new(DiagnosticCodes.ArchiveTruncated, "the gzip data is cut off");

    private int Byte()
    {
        Span<byte> one = stackalloc byte[1];
        return _pieces.Read(one) == 1 ? one[0] : throw Truncated();
    }

    private void Skip(int count)
    {
        while (count-- > 0) _ = Byte();
    }

    private void SkipText()
    {
        while (Byte() != 0) { }
    }

    /// <summary>The packed stream in pieces, of which the last can be read again.</summary>
    private sealed class Pieces(Stream stream) : ReadOnlyStream
    {
        private byte[] _again = []; // bytes to be read before the stream's
        private int _againStart;
        private byte[] _piece = new byte[8192];
        private int _pieceLength;

        public long Taken { get; private set; }

        /// <summary>Whether more was wanted when there was nothing left.</summary>
        public bool IsAskedAtEnd { get; set; }

        public override int Read(Span<byte> buffer)
        {
            int read;
            if (_againStart < _again.Length)
            {
                read = Math.Min(buffer.Length, _again.Length - _againStart);
                _again.AsSpan(_againStart, read).CopyTo(buffer);
                _againStart += read;
            }
            else
            {
                read = stream.Read(buffer);
                Taken += read;
            }
            if (read == 0)
            {
                IsAskedAtEnd |= !buffer.IsEmpty;
                return 0;
            }
            if (_piece.Length < read) _piece = new byte[read];
            buffer[..read].CopyTo(_piece);
            _pieceLength = read;
            return read;
        }

        /// <summary>Goes to the place behind the first occurrence of <paramref name="mark"/> in the last piece or across its end.</summary>
        public bool GoBehind(ReadOnlySpan<byte> mark, out bool isCutOff)
        {
            byte[] next = new byte[mark.Length];
            int nextLength = 0;
            byte[] piece = _piece.AsSpan(0, _pieceLength).ToArray();
            while (nextLength < next.Length && Read(next.AsSpan(nextLength)) is > 0 and int read) nextLength += read;
            byte[] unread = [.. piece, .. next.AsSpan(0, nextLength)];
            int at = unread.AsSpan().IndexOf(mark);
            isCutOff = nextLength < next.Length;
            if (at < 0) return false;
            byte[] rest = _againStart < _again.Length ? _again[_againStart..] : [];
            _again = [.. unread.AsSpan(at + mark.Length), .. rest];
            _againStart = 0;
            return true;
        }
    }
}
