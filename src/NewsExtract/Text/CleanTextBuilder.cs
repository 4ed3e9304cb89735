using System.Text;

namespace NewsExtract.Text;

/// <summary>
/// Writes a <see cref="CleanText"/> from left to right: every unit of the source is either copied or
/// replaced, in order. One builder can be used again for the next text. Not thread-safe.
/// </summary>
public sealed class CleanTextBuilder
{
    private readonly List<Edit> _edits = [];
    private readonly StringBuilder _text = new();
    private string _source = "";
    private int _position;
    private int _flushed;

    /// <summary>Offset in the source up to which everything is decided.</summary>
    public int Position => _position;

    /// <summary>Starts on <paramref name="source"/>.</summary>
    public void Start(string source)
    {
        _source = source;
        _edits.Clear();
        _text.Clear();
        _position = _flushed = 0;
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
        _text.Append(_source, _flushed, _position - _flushed);
        _edits.Add(new Edit(_position, end - _position, _text.Length, text.Length, kind));
        _text.Append(text);
        _position = _flushed = end;
    }

    /// <summary>
    /// Writes <paramref name="c"/> in place of one unit of the source. Units in a row that were replaced for the
    /// same reason are one edit: they correspond one to one.
    /// </summary>
    public void Substitute(char c, EditKind kind)
    {
        int last = _edits.Count - 1;
        if (last >= 0 && _edits[last] is var edit && edit.SourceEnd == _position && edit.Kind == kind && edit.IsOneToOne)
        {
            if (_position == _source.Length) throw new InvalidOperationException("The source is at its end.");
            _edits[last] = edit with { SourceLength = edit.SourceLength + 1, TextLength = edit.TextLength + 1 };
            _text.Append(c);
            _flushed = ++_position;
            return;
        }
        Replace(_position + 1, [c], kind);
    }

    /// <summary>Copies what is left and returns the text; the source itself where nothing was changed.</summary>
    public CleanText Finish()
    {
        if (_edits.Count == 0) return CleanText.Identity(_source);
        _text.Append(_source, _flushed, _source.Length - _flushed);
        return new CleanText(_source, _text.ToString(), [.. _edits]);
    }
}
