namespace NewsExtract.Reading.Archives;

/// <summary>A stream that can only be read forwards.</summary>
internal abstract class ReadOnlyStream : Stream
{
    /// <inheritdoc/>
    public sealed override bool CanRead => true;
    /// <inheritdoc/>
    public sealed override bool CanSeek => false;
    /// <inheritdoc/>
    public sealed override bool CanWrite => false;
    /// <inheritdoc/>
    public sealed override long Length => throw new NotSupportedException();
    /// <inheritdoc/>
    public sealed override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    /// <inheritdoc/>
    public abstract override int Read(Span<byte> buffer);
    /// <inheritdoc/>
    public sealed override void Flush() { }
    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException();
    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The next <paramref name="length"/> bytes of a stream.</summary>
internal sealed class LimitedStream(Stream stream, long length) : ReadOnlyStream
{
    /// <summary>Bytes that are still to come.</summary>
    public long Remaining { get; private set; } = length;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (Remaining == 0 || buffer.IsEmpty) return 0;
        int read = stream.Read(buffer[..(int)Math.Min(buffer.Length, Remaining)]);
        if (read == 0) throw new ArchiveException(NewsExtract.Text.DiagnosticCodes.ArchiveTruncated, $"the data ends {Remaining} bytes too early");
        Remaining -= read;
        return read;
    }

    /// <summary>Reads what is left.</summary>
    public void Drain()
    {
        Span<byte> waste = stackalloc byte[4096];
        while (Remaining > 0) _ = Read(waste);
    }
}

/// <summary>Stops data that grows out of all proportion to what it was packed in.</summary>
/// <param name="stream">The unpacked data.</param>
/// <param name="packed">How many packed bytes went in so far.</param>
/// <param name="options">The limits.</param>
internal sealed class RatioGuard(Stream stream, Func<long> packed, ReadingOptions options) : ReadOnlyStream
{
    private long _unpacked;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = stream.Read(buffer);
        _unpacked += read;
        if (_unpacked > options.RatioFreeBytes && _unpacked / options.LargestRatio > packed())
            throw new ArchiveException(NewsExtract.Text.DiagnosticCodes.CompressionBomb, $"{packed()} packed bytes unpack to more than {_unpacked}; the limit is {options.LargestRatio} to 1");
        return read;
    }
}
