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
        (_text, _traditional, _pageRead, _shiftEnd, _marks, _marksEnd) = (text, traditional, false, -1, default, 0);
        _builder.Start(text);
        ReadOnlySpan<CharacterTraits> traits = _knowledge.Classes.Traits;
        for (int i = 0; i < text.Length; i++)
        {
            if ((traits[text[i]] & CharacterTraits.Suspicious) == 0) continue;
            if (i < _builder.Position) continue;
            At(i);
            if (_builder.Position > i + 1) i = _builder.Position - 1;
        }
        return _builder.Finish();
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
        if (!_pageRead) _page.Read(_text);
        _pageRead = true;
        return _page;
    }

    private void Gloss(int i)
    {
        if (i == 0) return;
        int syllable = _knowledge.Readings.ReadClosed(_text, i + 1, out int end);
        if (syllable < 0 || !_knowledge.Readings.Matches(_text[i - 1], syllable)) return;
        // A single gloss may explain a rare name; a common character needs no explaining.
        if (Page().Glossed < 2 && _knowledge.Model.UnigramCost(_knowledge.Model.Id(_text[i - 1])) > 9 * CharacterModel.Scale) return;
        Replace(i, end, "", EditKind.Gloss);
    }

    private void Shift(int i)
    {
        if (i == 0) return;
        bool glossed = Page().Glossed >= 2;
        char before;
        ModelState state;
        if (i == _shiftEnd) (before, state) = (_shiftRaw, _shiftState);
        else (before, state) = Context(i);
        if (!_search.Run(_text, i, before, state, MarksBefore(i), _traditional, _page, glossed ? ShiftCost : ShiftCostWithoutGlosses, glossed ? ShiftEvidence.Mark : ShiftEvidence.Bytes)) return;
        Write();
    }

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

    /// <summary>The character in front of an offset, over a gloss, and the model's state behind it.</summary>
    private (char Before, ModelState State) Context(int i)
    {
        int last = Back(i), first = Back(last);
        ModelState state = CharacterModel.Start;
        if (first >= 0) _knowledge.Model.Advance(ref state, _knowledge.Model.Id(_text[first]));
        if (last >= 0) _knowledge.Model.Advance(ref state, _knowledge.Model.Id(_text[last]));
        return (last >= 0 ? _text[last] : '\n', state);
    }

    private int Back(int i)
    {
        if (i <= 0) return -1;
        int at = i - 1;
        if (_text[at] != ')') return at;
        for (int open = at - 1; open > 0 && open >= at - PinyinReadings.LongestSyllable - 1; open--)
            if (_text[open] == '(')
                return _knowledge.Readings.ReadClosed(_text, open + 1, out _) >= 0 ? open - 1 : at;
        return at;
    }

    /// <summary>Writes the winning hypothesis: one edit for each character that changed.</summary>
    private void Write()
    {
        Span<char> two = stackalloc char[2];
        int pendingFrom = -1;
        ReadOnlySpan<ShiftNode> steps = _search.Steps;
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
}
