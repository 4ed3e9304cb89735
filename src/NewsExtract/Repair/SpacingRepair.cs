namespace NewsExtract.Repair;

/// <summary>
/// Which white space means something. Padding goes (indentation, <c>吴 峰</c>, <c>5 月</c>, <c>特 别 报 道</c>); what parts two
/// names or two fields stays, as one space. One a thread.
/// </summary>
internal sealed class SpacingRepair(RepairKnowledge knowledge)
{
    private const int LetterSpaced = 4; // so many single characters in a row are one spaced-out word
    private string _text = "";
    private int _spacedUntil, _joinEnd, _joinRun;

    /// <summary>Starts on a text.</summary>
    public void Start(string text) => (_text, _spacedUntil, _joinEnd, _joinRun) = (text, 0, -1, 0);

    /// <summary>Decides on the white space that starts at an offset; returns the offset behind it.</summary>
    /// <param name="start">First unit of white space. Offsets must go up.</param>
    /// <param name="keep">Whether it parts two things and stays, as one space.</param>
    public int Decide(int start, out bool keep)
    {
        int end = start + 1;
        while (end < _text.Length && IsSpace(_text[end])) end++;
        char before = start > 0 ? _text[start - 1] : '\n', after = end < _text.Length ? _text[end] : '\n';
        keep = true;
        if (before is '\n' or '\r' || after is '\n' or '\r') keep = false;
        else if (IsHan(before) && IsHan(after)) keep = !Joins(start, end, before, after);
        else if (IsDigit(before) && IsHan(after)) keep = !(IsUnit(after) && !EndsTimestamp(start));
        else if (IsHan(before) && IsDigit(after)) keep = !("年月日至第".Contains(before, StringComparison.Ordinal) && end == start + 1) || (before == '日' && !IsDigitBefore(start));
        else if (IsMark(before) || before is '《' or '“' or '（' || IsMark(after) || after is '》' or '”' or '）') keep = false;
        else if (IsHan(before) && after is ',' or ';' or ':' or ')') keep = !IsHan(before);
        else if (before is ',' or ';' or ':' or '(' && IsHan(after) && start > 1 && IsHan(_text[start - 2])) keep = false;
        else if (before == '·' || after == '·') keep = !(NearHan(start, end));
        if (!keep && IsHan(before)) (_joinEnd, _joinRun) = (end, RunBefore(start));
        return end;
    }

    private bool IsSpace(char c) => knowledge.Classes.Action(c) == SurfaceAction.Space;

    private bool IsHan(char c) => knowledge.Classes.Is(c, CharacterTraits.Han);

    private static bool IsDigit(char c) => c is >= '0' and <= '9' or >= '０' and <= '９';

    private static bool IsMark(char c) => c is '，' or '。' or '；' or '：' or '、' or '？' or '！';

    private static bool IsUnit(char c) => "年月日号號时時分秒点點名个個人万萬亿億千百元米家次届屆条條项項户戶亩畝吨噸岁歲公平余餘多".Contains(c, StringComparison.Ordinal);

    private bool NearHan(int start, int end) =>
        start > 1 && end + 1 < _text.Length && (_text[start - 1] == '·' ? IsHan(_text[start - 2]) && IsHan(_text[end]) : IsHan(_text[start - 1]));

    private bool IsDigitBefore(int start) => start > 1 && IsDigit(_text[start - 2]);

    /// <summary>Whether the digits in front end a stamp such as <c>2021-05-31</c> or <c>17:22</c>.</summary>
    private bool EndsTimestamp(int start)
    {
        int at = start - 1;
        while (at >= 0 && IsDigit(_text[at])) at--;
        return at >= 0 && _text[at] is '-' or '/' or ':' or '－' or '：';
    }

    /// <summary>Chinese characters in front of an offset, over white space that was taken out.</summary>
    private int RunBefore(int at)
    {
        int run = 0;
        for (int i = at - 1; i >= 0 && IsHan(_text[i]); i--)
        {
            run++;
            if (i == _joinEnd) return run + _joinRun;
            if (run > 32) break;
        }
        return run;
    }

    private int RunAfter(int at)
    {
        int run = 0;
        while (at + run < _text.Length && run < 8 && IsHan(_text[at + run])) run++;
        return run;
    }

    /// <summary>Whether the Chinese characters on both sides belong together.</summary>
    private bool Joins(int start, int end, char before, char after)
    {
        if (start < _spacedUntil) return true;
        int left = RunBefore(start), right = RunAfter(end);
        if (left == 1 && right == 1 && SpacedOut(start - 1)) return true;
        if (left == 2 && right == 1 && EndsSpacedName(start, end, after)) return true;
        bool surname = knowledge.Classes.Is(knowledge.Script.Simplified[before], CharacterTraits.Surname);
        if (!surname) return false;
        if (left == 1) return right > 0;
        // 副县长吴 峰出席: behind a post comes a name, and this is how it begins.
        if (right != 1) return knowledge.Posts.EndsWithPost(_text.AsSpan(0, start - 1));
        // 副市长张 伟: the surname ends a longer run. 王明 李 强: it may as well end a name, and the next name begins.
        char behind = end + 1 < _text.Length ? _text[end + 1] : '\n';
        bool nextIsName = IsSpace(behind) && knowledge.Classes.Is(knowledge.Script.Simplified[after], CharacterTraits.Surname);
        bool endsName = left <= 3 && knowledge.Classes.Is(knowledge.Script.Simplified[_text[start - left >= 0 ? start - left : 0]], CharacterTraits.Surname);
        return !nextIsName && !endsName;
    }

    /// <summary>于　善|　庆: the third character of a name of three that is spaced out; 郝　军|　李　明 is the next name.</summary>
    private bool EndsSpacedName(int start, int end, char after)
    {
        if (_joinEnd != start - 1 || _joinRun != 1) return false;
        int first = _joinEnd - 1;
        while (first > 0 && IsSpace(_text[first])) first--;
        if (!knowledge.Classes.Is(knowledge.Script.Simplified[_text[first]], CharacterTraits.Surname)) return false;
        char behind = end + 1 < _text.Length ? _text[end + 1] : '\n';
        return !(IsSpace(behind) && knowledge.Classes.Is(knowledge.Script.Simplified[after], CharacterTraits.Surname));
    }

    /// <summary>Whether a row of single characters starts here: <c>特 别 报 道</c>.</summary>
    private bool SpacedOut(int at)
    {
        int count = 0, i = at;
        while (i < _text.Length && IsHan(_text[i]))
        {
            count++;
            int next = i + 1;
            while (next < _text.Length && IsSpace(_text[next])) next++;
            if (next == i + 1)
            {
                i = next;
                break;
            }
            i = next;
        }
        if (i < _text.Length && IsHan(_text[i])) count--; // the last one begins a longer run
        if (count < LetterSpaced) return false;
        _spacedUntil = i;
        return true;
    }
}
