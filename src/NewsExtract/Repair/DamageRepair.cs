using System.Runtime.InteropServices;
using NewsExtract.Text;

namespace NewsExtract.Repair;

/// <summary>
/// The first pass: what scraping and republishing did to the characters. Glosses, shifted bytes, mojibake, character
/// references left in the text, compatibility ideographs, invisible characters and foreign line ends. One a thread.
/// </summary>
internal sealed class DamageRepair
{
    // A shift has to pay for itself, and more so where nothing else in the page speaks for that kind of damage.
    private const int ShiftCost = 5 * CharacterModel.Scale;
    private const int ShiftCostWithoutGlosses = 12 * CharacterModel.Scale;

    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create(OpenMarks.Marks);

    private readonly RepairKnowledge _knowledge;
    private readonly ShiftSearch _search;
    private readonly PageEvidence _page;
    private readonly MojibakeRepair _mojibake;
    private readonly CleanTextBuilder _builder = new();
    private string _text = "";
    private bool _pageRead;
    private bool _traditional;
    private readonly Dictionary<int, Found> _found = []; // by offset: what the searches of the first time found
    private readonly List<ShiftNode> _foundSteps = [];
    private readonly List<char> _seen = [];
    private bool _again; // whether this is the second time
    private bool _inDoubt;
    private int _shiftEnd;
    private ModelState _shiftState;
    private char _shiftRaw;
    private OpenMarks _marks;
    private int _marksEnd; // how far the marks are counted

    public DamageRepair(RepairKnowledge knowledge)
    {
        _knowledge = knowledge;
        _search = new ShiftSearch(knowledge);
        _page = new PageEvidence(knowledge);
        _mojibake = new MojibakeRepair(knowledge);
    }

    /// <summary>Repairs a text.</summary>
    /// <param name="text">The text as read.</param>
    /// <param name="traditional">Whether it is Traditional.</param>
    public CleanText Run(string text, bool traditional)
    {
        (_text, _traditional, _pageRead, _inDoubt) = (text, traditional, false, false);
        _found.Clear();
        _foundSteps.Clear();
        Go(again: false);
        // What could not be told from the page as it came, or was taken for what is usual, may be told from the page as it is now.
        if (_foundSteps.Count > 0)
        {
            AddSeen();
            FindContradictions();
            if (_inDoubt) Go(again: true);
        }
        return _builder.Finish();
    }

    private void Go(bool again)
    {
        (_again, _shiftEnd, _marks, _marksEnd) = (again, -1, default, 0);
        _builder.Start(_text);
        ReadOnlySpan<CharacterTraits> traits = _knowledge.Classes.Traits;
        for (int i = 0; i < _text.Length; i++)
        {
            if ((traits[_text[i]] & CharacterTraits.Suspicious) == 0) continue;
            if (i < _builder.Position) continue;
            At(i);
            if (_builder.Position > i + 1) i = _builder.Position - 1;
        }
    }

    private void At(int i)
    {
        char c = _text[i];
        switch (c)
        {
            case '(':
                Gloss(i);
                break;
            case '?':
                Shift(i);
                break;
            case '&':
                int end = CharacterReferences.Read(_text, i, out string named);
                if (end > i) Replace(i, end, named, EditKind.Entity);
                break;
            case '\r':
                if (i + 1 < _text.Length && _text[i + 1] == '\n') Replace(i, i + 1, "", EditKind.Spacing);
                else Replace(i, i + 1, "\n", EditKind.Spacing);
                break;
            case '\u2028' or '\u2029' or '\u0085':
                Replace(i, i + 1, "\n", EditKind.Spacing);
                break;
            case '锛' or '銆' or '鈥':
                int behind = _mojibake.Read(_text, _builder.Position, i, out int start, out string repaired);
                if (behind > i) Replace(start, behind, repaired, EditKind.Mojibake);
                break;
            default:
                char replacement = _knowledge.Classes.Replacement(c);
                if (replacement != 0) Replace(i, i + 1, replacement.ToString(), EditKind.Compatibility);
                else Replace(i, i + 1, "", EditKind.Invisible);
                break;
        }
    }

    private void Replace(int start, int end, ReadOnlySpan<char> text, EditKind kind)
    {
        _builder.CopyTo(start);
        _builder.Replace(end, text, kind);
    }

    private PageEvidence Page()
    {
        if (_pageRead) return _page;
        _page.Read(_text);
        _search.Start(_text, _traditional, _page);
        _pageRead = true;
        return _page;
    }

    private void Gloss(int i)
    {
        if (i == 0) return;
        char c = _text[i - 1];
        if (_knowledge.Readings.ReadClosed(_text, i + 1, out _) < 0) return;
        // The pinyin may have gone in behind two bytes that are no character of the text: 加MIF, of which D3 4D is 覯, became 加M(gòu)IF.
        char glossed = c is >= '@' and <= '~' && i > 1 ? _knowledge.Gbk.Character(_knowledge.Gbk.Pair(_text[i - 2]) & 0xFF, c) : c;
        if (!_knowledge.Readings.ReadGlosses(_text, i, glossed, out int end)) return;
        // A single gloss may explain a rare name; a common character needs no explaining.
        if (Page().Glossed < 2 && (c != glossed || _knowledge.Model.UnigramCost(_knowledge.Model.Id(c)) > 9 * CharacterModel.Scale)) return;
        Replace(i, end, "", EditKind.Gloss);
    }

    private void Shift(int i)
    {
        if (i == 0) return;
        bool glossed = Page().Glossed >= 2;
        ShiftContext context = i == _shiftEnd ? new ShiftContext(_shiftRaw, _shiftState, MarksBefore(i)) : Context(i);
        if (_again && _found.TryGetValue(i, out Found found) && !found.IsInDoubt && found.Context == context)
        {
            if (found.Count > 0) Write(Steps(found));
            return;
        }
        bool damaged = _search.Run(i, context, glossed ? ShiftCost : ShiftCostWithoutGlosses, glossed ? ShiftEvidence.Mark : ShiftEvidence.Bytes, wide: _again);
        ReadOnlySpan<ShiftNode> steps = damaged ? _search.Steps : [];
        if (!_again)
        {
            _inDoubt |= _search.IsInDoubt;
            _found[i] = new Found(context, _foundSteps.Count, steps.Length, _search.IsInDoubt);
            _foundSteps.AddRange(steps);
        }
        if (damaged) Write(steps);
    }

    /// <summary>Gives the page evidence of the characters that the first time put together of two bytes that were there.</summary>
    private void AddSeen()
    {
        foreach ((int at, Found found) in _found)
        {
            if (found.Count == 0) continue;
            ReadOnlySpan<ShiftNode> steps = Steps(found);
            _seen.Clear();
            int last = Back(at), first = Back(last);
            if (first >= 0) _seen.Add(_text[first]);
            if (last >= 0) _seen.Add(_text[last]);
            foreach (ref readonly ShiftNode step in steps)
                if (step.Emitted != 0) _seen.Add(step.Guessed ? '\n' : step.Raw);
            int end = steps[^1].End;
            _seen.AddRange(_text.AsSpan(end, Math.Min(2, _text.Length - end)));
            _page.Add(CollectionsMarshal.AsSpan(_seen));
        }
    }

    /// <summary>Puts in doubt what was guessed otherwise than the page has it behind the same two characters: <c>阎立新</c> where <c>阎立忻</c> can be seen.</summary>
    private void FindContradictions()
    {
        foreach ((int at, Found found) in _found)
        {
            if (found.Count == 0 || found.IsInDoubt) continue;
            int last = Back(at), before = last > 0 ? Back(last) : -1;
            int lastId = last < 0 ? CharacterModel.Border : _knowledge.Model.Id(_text[last]), beforeId = before < 0 ? CharacterModel.Border : _knowledge.Model.Id(_text[before]);
            foreach (ref readonly ShiftNode step in Steps(found))
            {
                if (step.Emitted == 0) continue;
                int id = _knowledge.Model.Id(step.Raw);
                if (step.Guessed && _knowledge.Classes.Is(step.Raw, CharacterTraits.Han) && _page.Contradicts(beforeId, lastId, id))
                {
                    CollectionsMarshal.GetValueRefOrNullRef(_found, at) = found with { IsInDoubt = true };
                    _inDoubt = true;
                    break;
                }
                (beforeId, lastId) = (lastId, id);
            }
        }
    }

    private ReadOnlySpan<ShiftNode> Steps(in Found found) => CollectionsMarshal.AsSpan(_foundSteps).Slice(found.First, found.Count);

    private OpenMarks MarksBefore(int i)
    {
        while (_marksEnd < i)
        {
            int next = _text.AsSpan(_marksEnd, i - _marksEnd).IndexOfAny(Marks);
            if (next >= 0) _marks = _marks.Behind(_text[_marksEnd + next]);
            _marksEnd = next < 0 ? i : _marksEnd + next + 1;
        }
        return _marks;
    }

    /// <summary>What stands in front of an offset, over a gloss.</summary>
    private ShiftContext Context(int i)
    {
        int last = Back(i), first = Back(last);
        ModelState state = _knowledge.Model.Start;
        if (first >= 0) _knowledge.Model.Advance(ref state, _knowledge.Model.Id(_text[first]));
        if (last >= 0) _knowledge.Model.Advance(ref state, _knowledge.Model.Id(_text[last]));
        return new ShiftContext(last >= 0 ? _text[last] : '\n', state, MarksBefore(i));
    }

    private int Back(int i)
    {
        if (i <= 0) return -1;
        int at = i - 1;
        if (_text[at] != ')') return at;
        for (int open = at - 1; open > 0 && open >= at - PinyinReadings.LongestSyllable - 1; open--)
            if (_text[open] == '(')
                return _knowledge.Readings.ReadClosed(_text, open + 1, out _) >= 0 ? Back(open) : at;
        return at;
    }

    /// <summary>Writes the winning hypothesis: one edit for each character that changed.</summary>
    private void Write(ReadOnlySpan<ShiftNode> steps)
    {
        Span<char> two = stackalloc char[2];
        int pendingFrom = -1;
        for (int k = 0; k < steps.Length; k++)
        {
            ref readonly ShiftNode step = ref steps[k];
            if (!step.Shifted)
            {
                // In step: only a gloss behind the character goes.
                _builder.CopyTo(step.Start + 1);
                if (step.End > step.Start + 1) _builder.Replace(step.End, "", EditKind.Gloss);
                continue;
            }
            if (step.Emitted == 0)
            {
                if (pendingFrom < 0) pendingFrom = step.Start;
                continue;
            }
            two[0] = step.Emitted;
            int length = 1;
            if (k + 1 < steps.Length && steps[k + 1].Shifted && steps[k + 1].End == step.End) two[length++] = steps[++k].Emitted;
            if (two[length - 1] == ShiftSearch.LostDigit && steps[k].Raw == CharacterFolding.Digit) two[length - 1] = LostDigit.Find(_text, step.End);
            Replace(pendingFrom >= 0 ? pendingFrom : step.Start, step.End, two[..length], EditKind.MisalignedBytes);
            pendingFrom = -1;
        }
        ref readonly ShiftNode last = ref steps[^1];
        (_marks, _marksEnd) = (last.Marks, last.End);
        (_shiftEnd, _shiftState, _shiftRaw) = (last.End, last.State, last.Raw);
    }

    /// <summary>What a search found: its steps, none where the text stayed as it is.</summary>
    private readonly record struct Found(ShiftContext Context, int First, int Count, bool IsInDoubt);
}
