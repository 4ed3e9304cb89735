using System.Buffers;

namespace NewsExtract.Text;

/// <summary>
/// Two lists of edits as one: source → middle → text. A sweep over the middle text with the head of each list in hand.
/// Example: the first deletes a gloss behind 縣 (<c>縣(xiàn)委</c> → <c>縣委</c>), the second replaces 縣 by 县:
/// the result replaces 縣 by 县 and deletes the gloss, and 委 keeps its own place.
/// </summary>
internal ref struct EditComposition
{
    private readonly ReadOnlySpan<Edit> _early, _late;
    private Edit[] _result; // rented
    private int _count;
    private int _nextEarly, _nextLate;
    private Edit _e, _l;
    private bool _hasE, _hasL;
    private int _toSource; // source − middle, behind the early edits that are done
    private int _toText;   // text − middle, behind the late edits that are done

    private EditComposition(ReadOnlySpan<Edit> early, ReadOnlySpan<Edit> late)
    {
        _early = early;
        _late = late;
        _result = ArrayPool<Edit>.Shared.Rent(early.Length + late.Length);
        TakeEarly();
        TakeLate();
    }

    /// <summary>The edits from the source of <paramref name="early"/> to the text of <paramref name="late"/>.</summary>
    public static Edit[] Compose(ReadOnlySpan<Edit> early, ReadOnlySpan<Edit> late)
    {
        var composition = new EditComposition(early, late);
        while (composition._hasE || composition._hasL) composition.Step();
        Edit[] result = composition._result[..composition._count];
        ArrayPool<Edit>.Shared.Return(composition._result);
        return result;
    }

    private void Add(Edit edit)
    {
        if (_count == _result.Length)
        {
            Edit[] full = _result;
            _result = ArrayPool<Edit>.Shared.Rent(2 * _count);
            full.CopyTo(_result, 0);
            ArrayPool<Edit>.Shared.Return(full);
        }
        _result[_count++] = edit;
    }

    private void TakeEarly()
    {
        _hasE = _nextEarly < _early.Length;
        if (_hasE) _e = _early[_nextEarly++];
    }

    private void TakeLate()
    {
        _hasL = _nextLate < _late.Length;
        if (_hasL) _l = _late[_nextLate++];
    }

    private void Step()
    {
        if (!_hasL || (_hasE && _e.TextEnd <= _l.SourceStart)) PassEarly();
        else if (!_hasE || _l.SourceEnd <= _e.TextStart) PassLate();
        else if (_e.IsOneToOne && _e.TextStart < _l.SourceStart)
        {
            Edit rest = CutEarly(_l.SourceStart);
            PassEarly(take: false);
            _e = rest;
        }
        else if (_l.IsOneToOne && _l.SourceStart < _e.TextStart)
        {
            Edit rest = CutLate(_e.TextStart);
            PassLate(take: false);
            _l = rest;
        }
        else Join();
    }

    private void PassEarly(bool take = true)
    {
        Add(_e with { TextStart = _e.TextStart + _toText });
        _toSource = _e.SourceEnd - _e.TextEnd;
        if (take) TakeEarly();
    }

    private void PassLate(bool take = true)
    {
        Add(_l with { SourceStart = _l.SourceStart + _toSource });
        _toText = _l.TextEnd - _l.SourceEnd;
        if (take) TakeLate();
    }

    /// <summary>Leaves in hand the part before <paramref name="at"/> and returns the rest.</summary>
    private Edit CutEarly(int at)
    {
        int length = at - _e.TextStart;
        var rest = new Edit(_e.SourceStart + length, _e.SourceLength - length, at, _e.TextLength - length, _e.Kind);
        _e = _e with { SourceLength = length, TextLength = length };
        return rest;
    }

    private Edit CutLate(int at)
    {
        int length = at - _l.SourceStart;
        var rest = new Edit(at, _l.SourceLength - length, _l.TextStart + length, _l.TextLength - length, _l.Kind);
        _l = _l with { SourceLength = length, TextLength = length };
        return rest;
    }

    /// <summary>One edit from all that overlaps with the two in hand.</summary>
    private void Join()
    {
        int start = Math.Min(_e.TextStart, _l.SourceStart);
        int end = _e.IsOneToOne && _l.IsOneToOne ? Math.Min(_e.TextEnd, _l.SourceEnd)
            : _e.IsOneToOne ? _l.SourceEnd
            : _l.IsOneToOne ? _e.TextEnd
            : Math.Max(_e.TextEnd, _l.SourceEnd);
        int sourceStart = _e.TextStart <= start ? _e.SourceStart : start + _toSource;
        int textStart = _l.SourceStart <= start ? _l.TextStart : start + _toText;
        EditKind kind = EditKind.Restored;
        bool oneToOne = true;
        for (bool more = true; more;)
        {
            more = false;
            while (_hasE && (_e.TextStart < end || (_e.TextStart == start && _e.TextEnd <= end)))
            {
                kind = _e.Kind < kind ? _e.Kind : kind;
                oneToOne &= _e.IsOneToOne;
                more = true;
                if (_e.TextEnd > end && _e.IsOneToOne)
                {
                    Edit rest = CutEarly(end);
                    _toSource = _e.SourceEnd - _e.TextEnd;
                    _e = rest;
                    break;
                }
                end = Math.Max(end, _e.TextEnd);
                _toSource = _e.SourceEnd - _e.TextEnd;
                TakeEarly();
            }
            while (_hasL && _l.SourceStart < end)
            {
                kind = _l.Kind < kind ? _l.Kind : kind;
                oneToOne &= _l.IsOneToOne;
                more = true;
                if (_l.SourceEnd > end && _l.IsOneToOne)
                {
                    Edit rest = CutLate(end);
                    _toText = _l.TextEnd - _l.SourceEnd;
                    _l = rest;
                    break;
                }
                end = Math.Max(end, _l.SourceEnd);
                _toText = _l.TextEnd - _l.SourceEnd;
                TakeLate();
            }
        }
        int sourceLength = end + _toSource - sourceStart, textLength = end + _toText - textStart;
        // What one step inserted and the other took out again leaves no trace.
        if (sourceLength + textLength == 0) return;
        Add(new Edit(sourceStart, sourceLength, textStart, textLength, kind) { IsWhole = sourceLength == textLength && !oneToOne });
    }
}
