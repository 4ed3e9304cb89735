namespace NewsExtract.Reading;

/// <summary>Lines of bytes from a stream, in memory bounded by the longest line allowed.</summary>
internal sealed class LineReader(Stream stream, int longest)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _isDone;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line read last was longer than allowed; it is empty then.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line, without its end; valid until the next call. False at the end.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        int searched = _start;
        while (true)
        {
            int at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                int end = searched + at;
                line = IsTooLong ? default : Trimmed(_start, end);
                _start = end + 1;
                Number++;
                return true;
            }
            if (_end - _start > longest) IsTooLong = true;
            if (IsTooLong) _start = _end; // what is dropped needs no room
            searched = _end;
            if (Fill(ref searched)) continue;
            line = IsTooLong ? default : Trimmed(_start, _end);
            bool any = _end > _start || IsTooLong;
            _start = _end;
            if (any) Number++;
            return any;
        }
    }

    private ReadOnlySpan<byte> Trimmed(int start, int end) => _buffer.AsSpan(start, end - start).TrimEnd((byte)'\r');

    private bool Fill(ref int searched)
    {
        if (_isDone) return false;
        if (_end == _buffer.Length)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (searched, _end, _start) = (searched - _start, _end - _start, 0);
            }
            else Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, longest + (128L << 10)));
        }
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isDone = read == 0;
        return read > 0;
    }
}
