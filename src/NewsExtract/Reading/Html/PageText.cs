using NewsExtract.Text;

namespace NewsExtract.Reading.Html;

/// <summary>
/// Writes chosen lines of a page as text, one line each, with every character's place in the page: tags go, references
/// become characters, white space collapses as in a browser.
/// </summary>
internal static class PageText
{
    /// <summary>Writes the blocks marked in <paramref name="chosen"/>.</summary>
    public static CleanText Write(PageOutline outline, ReadOnlySpan<bool> chosen, CleanTextBuilder builder)
    {
        string source = outline.Source;
        builder.Start(source);
        int written = -1; // the block before
        for (int i = 0; i < chosen.Length; i++)
        {
            if (!chosen[i]) continue;
            string border = written < 0 ? "" : SharesRow(outline, written, i) ? "\t" : "\n";
            if (Line(source, outline.Runs[outline.Blocks[i].FirstRun..outline.Blocks[i].EndRun], builder, border)) written = i;
        }
        builder.Replace(source.Length, "", EditKind.Markup);
        return builder.Finish();
    }

    /// <summary>The line's text as a string, for comparisons and fields.</summary>
    public static string LineText(PageOutline outline, in PageBlock block)
    {
        string source = outline.Source;
        var builder = new CleanTextBuilder();
        builder.Start(source);
        Line(source, outline.Runs[block.FirstRun..block.EndRun], builder, "");
        builder.Replace(source.Length, "", EditKind.Markup);
        return builder.Finish().Text;
    }

    /// <summary>The text of a stretch that holds only text, such as a title element.</summary>
    public static string RunText(string source, TextRun run)
    {
        var builder = new CleanTextBuilder();
        builder.Start(source);
        Line(source, [run], builder, "");
        builder.Replace(source.Length, "", EditKind.Markup);
        return builder.Finish().Text;
    }

    private static bool Line(string source, ReadOnlySpan<TextRun> runs, CleanTextBuilder builder, string border)
    {
        bool any = false;
        bool hasSpace = false, hasFirmSpace = false, hasLineBreak = false, isPlain = true;
        char last = '\0';
        foreach (TextRun run in runs)
        {
            int at = run.Start;
            if (any && at > builder.Position) isPlain = false; // a tag stands in between
            while (at < run.End)
            {
                char c = source[at];
                int next = at + 1;
                string? reference = null;
                if (c == '&')
                {
                    next = CharacterReference.Read(source, at, run.End, out string value);
                    if (next == at) next = at + 1;
                    else
                    {
                        reference = value;
                        c = value[0];
                    }
                }
                if (IsSpace(c))
                {
                    hasSpace = true;
                    hasLineBreak |= c is '\n' or '\r';
                    hasFirmSpace |= c is '\u3000' or '\u00A0';
                    if (reference is not null) isPlain = false;
                    at = next;
                    continue;
                }
                if (!any) builder.Replace(at, border, EditKind.Markup);
                else Gap(source, at, builder, hasSpace, hasFirmSpace, hasLineBreak, isPlain, last, c);
                any = true;
                hasSpace = hasFirmSpace = hasLineBreak = false;
                isPlain = true;
                last = c;
                if (reference is not null) builder.Replace(next, reference, EditKind.Entity);
                else
                {
                    while (next < run.End && source[next] != '&' && !IsSpace(source[next])) next++;
                    builder.CopyTo(next);
                    last = source[next - 1];
                }
                at = next;
            }
        }
        return any;
    }

    private static void Gap(string source, int end, CleanTextBuilder builder, bool hasSpace, bool hasFirmSpace, bool hasLineBreak, bool isPlain, char before, char after)
    {
        int start = builder.Position;
        if (start == end) return;
        if (!hasSpace)
        {
            builder.Replace(end, "", EditKind.Markup);
            return;
        }
        ReadOnlySpan<char> gap = source.AsSpan(start, end - start);
        if (isPlain && !hasLineBreak && (gap.Length == 1 || gap.IndexOfAnyExcept('\u3000', '\u00A0') < 0) && gap[0] != '\t')
        {
            builder.CopyTo(end);
            return;
        }
        // A line break in the source between two Chinese characters is only how the page was typed.
        string space = hasFirmSpace ? gap.Contains('\u3000') ? "\u3000" : " " : hasLineBreak && IsWide(before) && IsWide(after) ? "" : " ";
        builder.Replace(end, space, EditKind.Markup);
    }

    // Short cells of one table row stay on one line.
    private static bool SharesRow(PageOutline outline, int first, int second)
    {
        ref readonly PageBlock a = ref outline.Blocks[first];
        ref readonly PageBlock b = ref outline.Blocks[second];
        if (a.Length > 60 || b.Length > 60 || a.Element == b.Element) return false;
        int cell = Cell(outline, a.Element), other = Cell(outline, b.Element);
        if (cell < 0 || other < 0 || cell == other) return false;
        ReadOnlySpan<PageElement> elements = outline.Elements;
        return elements[cell].Parent == elements[other].Parent && elements[cell].EndBlock - elements[cell].FirstBlock <= 1
            && elements[other].EndBlock - elements[other].FirstBlock <= 1;
    }

    private static int Cell(PageOutline outline, int element)
    {
        for (int steps = 0; element > 0 && steps < 4; element = outline.Elements[element].Parent, steps++)
            if (outline.Elements[element].Tag is "td" or "th") return element;
        return -1;
    }

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\r' or '\t' or '\f' or '\u3000' or '\u00A0';

    private static bool IsWide(char c) => c >= '\u2E80';
}
