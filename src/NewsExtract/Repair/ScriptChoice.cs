namespace NewsExtract.Repair;

/// <summary>
/// What becomes of a character whose Simplified form depends on its surroundings: 乾 is 干 but in 乾隆, 著 is 着 but
/// in 著作, and both stay where the line is Simplified anyway. Phrases decide first, then the character model. One a thread.
/// </summary>
internal sealed class ScriptChoice(RepairKnowledge knowledge)
{
    private const int Favour = CharacterModel.Scale; // what a form further down the list has to be likelier by

    private string _text = "";
    private ScriptKind _script;
    private int _lineEnd;
    private bool _lineIsTraditional;

    /// <summary>Starts on a text.</summary>
    public void Start(string text, ScriptKind script) => (_text, _script, _lineEnd) = (text, script, -1);

    /// <summary>The Simplified form of the character at an offset. Offsets must not go down.</summary>
    public char Choose(int i)
    {
        char c = _text[i];
        if (knowledge.Script.IsStandard(c) && !IsTraditional(i)) return c;
        char form = knowledge.Script.ByPhrase(_text, i);
        if (form != 0) return form;
        char[]? choices = knowledge.Script.Choices(c);
        return choices is null ? knowledge.Script.Simplified[c] : Likeliest(i, choices);
    }

    private bool IsTraditional(int i)
    {
        if (_script == ScriptKind.Traditional) return true;
        if (i < _lineEnd) return _lineIsTraditional;
        int start = _text.LastIndexOf('\n', i) + 1, end = _text.IndexOf('\n', i);
        _lineEnd = end < 0 ? _text.Length : end;
        int balance = 0;
        for (int k = start; k < _lineEnd; k++)
        {
            CharacterTraits traits = knowledge.Classes.Traits[_text[k]];
            if ((traits & CharacterTraits.TraditionalOnly) != 0) balance++;
            if ((traits & CharacterTraits.SimplifiedOnly) != 0) balance--;
        }
        return _lineIsTraditional = balance > 0;
    }

    private char Likeliest(int i, char[] choices)
    {
        CharacterModel model = knowledge.Model;
        ModelState before = knowledge.Model.Start;
        for (int k = Math.Max(0, i - 2); k < i; k++) model.Advance(ref before, model.Id(_text[k]));
        int best = int.MaxValue;
        char likeliest = choices[0];
        for (int k = 0; k < choices.Length; k++)
        {
            ModelState state = before;
            int cost = model.Advance(ref state, model.Id(choices[k])) + (k > 0 ? Favour : 0);
            for (int next = i + 1; next <= i + 2; next++)
                cost += model.Advance(ref state, next < _text.Length ? model.Id(_text[next]) : CharacterModel.Border);
            if (cost >= best) continue;
            best = cost;
            likeliest = choices[k];
        }
        return likeliest;
    }
}
