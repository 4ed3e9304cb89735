namespace NewsExtract.Records;

/// <summary>
/// Compares candidates with those that begin with them: 甘肃农业大学 and 甘肃农业大学|教务处. Which of the two counts depends on what the whole is
/// and what its part: a school's office counts for the school, its hospital for itself. Used again for the next person.
/// </summary>
internal sealed class PartKinds
{
    private const int ShortestWhole = 3, Rests = 11;

    // The ends of wholes that differ in which of their parts count for them; a group's place, from 1, is its number.
    private static readonly string[][] WholeEnds = [["大学", "学校", "学院", "中学", "小学"], ["医院"], ["公司", "集团"], ["科学院", "研究院", "研究所", "农科院", "博物馆", "博物院"], ["政协", "人大", "议会", "国会", "立法会", "联合会", "协会", "总会", "工商联", "工会", "法院"],
        ["厅", "局", "委", "部", "署", "办", "办公室", "管委会"], ["省", "市", "县", "区", "旗", "州", "镇", "乡", "村"]];

    private static readonly string[][] RestEnds = [["学院", "系"], ["医院", "分院"], ["处", "科"], ["室", "办"], ["所", "研究院"], ["司", "局"], ["部"], ["委员会", "会"], ["中心", "站", "队", "组"], ["公司"]];

    private readonly List<(int Part, int Whole)> _kinds = [];
    // By candidate: a number of its first characters, alike for all that begin alike, and its text.
    private int[] _begins = [];
    private string[] _texts = [];

    /// <summary>How the candidate is related to the longest one that it begins with; 0 where there is none.</summary>
    public int Part(int candidate) => _kinds[candidate].Part;

    /// <summary>How the candidate is related to the shortest one that begins with it; 0 where there is none.</summary>
    public int Whole(int candidate) => _kinds[candidate].Whole;

    public void Compare(List<Candidate> candidates)
    {
        _kinds.Clear();
        int count = candidates.Count;
        if (_begins.Length < count) (_begins, _texts) = (new int[count * 2], new string[count * 2]);
        for (int i = 0; i < count; i++)
        {
            string text = _texts[i] = candidates[i].Text!;
            // Those that are too short to be a whole or to have one get numbers that no other has.
            _begins[i] = text.Length < ShortestWhole ? ~i : ((text[0] << 15) ^ (text[2] << 7) ^ text[1]) & int.MaxValue;
        }
        ReadOnlySpan<int> begins = _begins.AsSpan(0, count);
        for (int i = 0; i < begins.Length; i++)
        {
            string text = _texts[i], whole = "", part = "";
            for (int j = 0; j < begins.Length; j++)
            {
                if (begins[j] != begins[i]) continue;
                string other = _texts[j];
                if (other.Length < text.Length)
                {
                    if (other.Length > whole.Length && text.StartsWith(other, StringComparison.Ordinal)) whole = other;
                }
                else if (other.Length > text.Length && (part.Length == 0 || other.Length < part.Length) && other.StartsWith(text, StringComparison.Ordinal)) part = other;
            }
            _kinds.Add((whole.Length == 0 ? 0 : Kind(whole, text), part.Length == 0 ? 0 : Kind(text, part)));
        }
    }

    /// <summary>1 to 88: what the whole is, and what of it the part is.</summary>
    private static int Kind(string whole, string part) => 1 + (EndOf(whole, WholeEnds) * Rests) + EndOf(part.AsSpan(whole.Length), RestEnds);

    private static int EndOf(ReadOnlySpan<char> name, string[][] ends)
    {
        for (int i = 0; i < ends.Length; i++)
            foreach (string end in ends[i])
                if (name.EndsWith(end, StringComparison.Ordinal)) return i + 1;
        return 0;
    }
}
