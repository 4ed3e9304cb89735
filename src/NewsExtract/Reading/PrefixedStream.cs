using NewsExtract.Reading.Archives;

namespace NewsExtract.Reading;

/// <summary>A stream whose beginning was read already, to look at it, and is read again.</summary>
internal sealed class PrefixedStream(byte[] head, int headLength, Stream rest) : ReadOnlyStream
{
    private int _position;

    /// <summary>The beginning.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    /// <summary>
    /// Reads the beginning of <paramref name="stream"/>: up to <paramref name="most"/> bytes, but no more than it has ready
    /// once <paramref name="least"/> are there, so that a pipe is not waited for.
    /// </summary>
    public static PrefixedStream Open(Stream stream, int least = 512, int most = 64 << 10)
    {
        byte[] head = new byte[most];
        int length = stream.ReadAtLeast(head, least, throwOnEndOfStream: false);
        return new PrefixedStream(head, length, stream);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_position == headLength) return rest.Read(buffer);
        int count = Math.Min(buffer.Length, headLength - _position);
        head.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
