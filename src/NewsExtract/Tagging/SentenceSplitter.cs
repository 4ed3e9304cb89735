using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Cuts paragraphs into sentences; see <see cref="Sentence"/> for where.</summary>
internal static class SentenceSplitter
{
    /// <summary>A clause no longer than this behind a finished quotation still says who spoke (<c>“…。”张某说。</c>).</summary>
    private const int LongestAttribution = 22;

    internal static void Split(ReadOnlySpan<char> text, Paragraph paragraph, int index, List<Sentence> sentences)
    {
        int end = paragraph.Span.End, start = paragraph.Span.Start;
        int quoteEnd = -1, bracketEnd = -1;
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            if (c == '“' && i > quoteEnd) quoteEnd = Closing(text, i, end, '”');
            else if (c is '（' or '《' && i > bracketEnd) bracketEnd = Closing(text, i, end, c == '（' ? '）' : '》');
            if (c is not ('。' or '！' or '？' or '；')) continue;
            int next = i + 1;
            while (next < end && text[next] is '。' or '！' or '？' or '…') next++;
            if (i < bracketEnd) continue;
            bool closes = next == quoteEnd;
            if (i < quoteEnd && !closes) continue;
            if (closes)
            {
                if (c == '；') continue;
                next++;
                if (IsAttribution(text, next, end)) continue;
            }
            while (next < end && text[next] is '”' or '）' or '’' or '」') next++;
            Add(text, start, next, index, paragraph.Role, sentences);
            start = next;
            i = next - 1;
        }
        Add(text, start, end, index, paragraph.Role, sentences);
    }

    private static int Closing(ReadOnlySpan<char> text, int from, int end, char mark)
    {
        int close = text[from..end].IndexOf(mark);
        return close < 0 ? -1 : from + close;
    }

    private static bool IsAttribution(ReadOnlySpan<char> text, int from, int end)
    {
        for (int i = from; i < end && i <= from + LongestAttribution; i++)
        {
            if (text[i] is '。' or '！' or '？' or '；') return true;
            if (text[i] == '“') return false;
        }
        return end - from is > 0 and <= LongestAttribution;
    }

    private static void Add(ReadOnlySpan<char> text, int start, int end, int index, TextRole role, List<Sentence> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        if (end > start) sentences.Add(new Sentence(new TextSpan(start, end), index, role));
    }
}
