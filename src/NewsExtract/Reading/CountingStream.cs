using NewsExtract.Reading.Archives;

namespace NewsExtract.Reading;

/// <summary>Tells how many bytes are taken from a stream.</summary>
internal sealed class CountingStream(Stream stream, Action<int> count) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = stream.Read(buffer);
        count(read);
        return read;
    }
}
