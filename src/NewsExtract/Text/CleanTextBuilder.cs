namespace NewsExtract.Text;

/// <summary>
/// Writes a <see cref="CleanText"/> from left to right: every unit of the source is either copied or
/// replaced, in order. One builder can be used again for the next text. Not thread-safe.
/// </summary>
public sealed class CleanTextBuilder
{
    private const int FirstEdits = 4, FirstUnits = 32; // what a builder of one line needs

    private Edit[] _edits = [];
    private int _count;
    private char[] _text = [];
    private int _length;
    private string _source = "";
    private int _position;
    private int _flushed;

    /// <summary>Offset in the source up to which everything is decided.</summary>
    public int Position => _position;

    /// <summary>Starts on <paramref name="source"/>.</summary>
    public void Start(string source)
    {
        _source = source;
        _count = _length = _position = _flushed = 0;
    }

    /// <summary>Copies the source from <see cref="Position"/> up to <paramref name="end"/>.</summary>
    public void CopyTo(int end)
    {
        if (end < _position || end > _source.Length) throw new ArgumentOutOfRangeException(nameof(end));
        _position = end; // the copy itself waits for the next edit: a text without edits is never copied
    }

    /// <summary>
    /// Writes <paramref name="text"/> in place of the source from <see cref="Position"/> up to <paramref name="end"/>.
    /// An empty text deletes; <paramref name="end"/> equal to <see cref="Position"/> inserts.
    /// </summary>
    public void Replace(int end, ReadOnlySpan<char> text, EditKind kind)
    {
        if (end < _position || end > _source.Length) throw new ArgumentOutOfRangeException(nameof(end));
        if (end == _position && text.IsEmpty) return;
        Append(_source.AsSpan(_flushed, _position - _flushed));
        if (_count == _edits.Length) Array.Resize(ref _edits, Math.Max(FirstEdits, 2 * _count));
        _edits[_count++] = new Edit(_position, end - _position, _length, text.Length, kind);
        Append(text);
        _position = _flushed = end;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _text.Length - _length) Array.Resize(ref _text, Math.Max(Math.Max(FirstUnits, 2 * _text.Length), _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>
    /// Writes <paramref name="c"/> in place of one unit of the source. Units in a row that were replaced for the
    /// same reason are one edit: they correspond one to one.
    /// </summary>
    public void Substitute(char c, EditKind kind)
    {
        if (_count > 0 && _edits[_count - 1] is var edit && edit.SourceEnd == _position && edit.Kind == kind && edit.IsOneToOne)
        {
            if (_position == _source.Length) throw new InvalidOperationException("The source is at its end.");
            _edits[_count - 1] = edit with { SourceLength = edit.SourceLength + 1, TextLength = edit.TextLength + 1 };
            Append([c]);
            _flushed = ++_position;
            return;
        }
        Replace(_position + 1, [c], kind);
    }

    /// <summary>Copies what is left and returns the text; the source itself where nothing was changed.</summary>
    public CleanText Finish()
    {
        if (_count == 0) return CleanText.Identity(_source);
        Append(_source.AsSpan(_flushed));
        return new CleanText(_source, new string(_text, 0, _length), _edits[.._count]);
    }
}
