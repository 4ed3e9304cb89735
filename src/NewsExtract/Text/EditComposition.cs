namespace NewsExtract.Text;

/// <summary>
/// Two lists of edits as one: source → middle → text. A sweep over the middle text with the head of each list in hand.
/// Example: the first deletes a gloss behind 縣 (<c>縣(xiàn)委</c> → <c>縣委</c>), the second replaces 縣 by 县:
/// the result replaces 縣 by 县 and deletes the gloss, and 委 keeps its own place.
/// </summary>
internal ref struct EditComposition
{
    private readonly ReadOnlySpan<Edit> _early, _late;
    private readonly List<Edit> _result;
    private int _nextEarly, _nextLate;
    private Edit _e, _l;
    private bool _hasE, _hasL;
    private int _toSource; // source − middle, behind the early edits that are done
    private int _toText;   // text − middle, behind the late edits that are done

    private EditComposition(ReadOnlySpan<Edit> early, ReadOnlySpan<Edit> late)
    {
        _early = early;
        _late = late;
        _result = new List<Edit>(early.Length + late.Length);
        TakeEarly();
        TakeLate();
    }

    /// <summary>The edits from the source of <paramref name="early"/> to the text of <paramref name="late"/>.</summary>
    public static Edit[] Compose(ReadOnlySpan<Edit> early, ReadOnlySpan<Edit> late)
    {
        var composition = new EditComposition(early, late);
        while (composition._hasE || composition._hasL) composition.Step();
        return [.. composition._result];
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

    private static bool KeepsLength(in Edit edit) => edit.SourceLength == edit.TextLength;

    private void Step()
    {
        if (!_hasL || (_hasE && _e.TextEnd <= _l.SourceStart)) PassEarly();
        else if (!_hasE || _l.SourceEnd <= _e.TextStart) PassLate();
        else if (KeepsLength(_e) && _e.TextStart < _l.SourceStart)
        {
            Edit rest = CutEarly(_l.SourceStart);
            PassEarly(take: false);
            _e = rest;
        }
        else if (KeepsLength(_l) && _l.SourceStart < _e.TextStart)
        {
            Edit rest = CutLate(_e.TextStart);
            PassLate(take: false);
            _l = rest;
        }
        else Join();
    }

    private void PassEarly(bool take = true)
    {
        _result.Add(_e with { TextStart = _e.TextStart + _toText });
        _toSource = _e.SourceEnd - _e.TextEnd;
        if (take) TakeEarly();
    }

    private void PassLate(bool take = true)
    {
        _result.Add(_l with { SourceStart = _l.SourceStart + _toSource });
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
        int end = KeepsLength(_e) && KeepsLength(_l) ? Math.Min(_e.TextEnd, _l.SourceEnd)
            : KeepsLength(_e) ? _l.SourceEnd
            : KeepsLength(_l) ? _e.TextEnd
            : Math.Max(_e.TextEnd, _l.SourceEnd);
        int sourceStart = _e.TextStart <= start ? _e.SourceStart : start + _toSource;
        int textStart = _l.SourceStart <= start ? _l.TextStart : start + _toText;
        EditKind kind = EditKind.Restored;
        for (bool more = true; more;)
        {
            more = false;
            while (_hasE && (_e.TextStart < end || (_e.TextStart == start && _e.TextEnd <= end)))
            {
                kind = _e.Kind < kind ? _e.Kind : kind;
                more = true;
                if (_e.TextEnd > end && KeepsLength(_e))
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
                more = true;
                if (_l.SourceEnd > end && KeepsLength(_l))
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
        _result.Add(new Edit(sourceStart, end + _toSource - sourceStart, textStart, end + _toText - textStart, kind));
    }
}
