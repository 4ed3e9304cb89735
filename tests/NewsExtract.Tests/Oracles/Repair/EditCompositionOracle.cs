using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Repair;

/// <summary>
/// The composition of edits against its plain twin, a map of each character: where the second step took a character from, and where
/// the first took those from.
/// </summary>
public sealed class EditCompositionOracle
{
    private const int Rounds = 4000;

    [Fact]
    public void A_composition_holds_where_each_character_came_from_and_keeps_the_order()
    {
        var random = new Random(11);
        for (int round = 0; round < Rounds; round++)
        {
            string source = Letters(random, random.Next(0, 20), 'a');
            CleanText first = Edited(random, source, 'A', lengths: true), second = Edited(random, first.Text, '0', lengths: true), third = Edited(random, second.Text, 'p', lengths: true);
            Check(first, second);
            Check(first.Then(second), third);
            Check(first, second.Then(third));
        }
    }

    [Fact]
    public void Steps_of_which_one_only_substitutes_compose_exactly()
    {
        var random = new Random(12);
        for (int round = 0; round < Rounds; round++)
        {
            string source = Letters(random, random.Next(0, 20), 'a');
            bool early = random.Next(2) == 0;
            CleanText first = Edited(random, source, 'A', lengths: early), second = Edited(random, first.Text, '0', lengths: !early), both = first.Then(second);
            CharacterMap expected = CharacterMap.Of(first).Then(CharacterMap.Of(second));
            for (int i = 0; i < both.Text.Length; i++)
            {
                // Characters that stand for several are taken together; what is inserted comes from nowhere.
                if (expected.Starts[i] == expected.Ends[i]) continue;
                if (both.ToSource(new TextSpan(i, i + 1)) != new SourceSpan(expected.Starts[i], expected.Ends[i])) Assert.Fail(Describe(first, second, both, i, expected));
            }
        }
    }

    [Fact]
    public void A_text_that_is_its_own_source_changes_nothing()
    {
        var random = new Random(13);
        for (int round = 0; round < 500; round++)
        {
            CleanText text = Edited(random, Letters(random, random.Next(0, 20), 'a'), 'A', lengths: true);
            Assert.Equal(text.Edits.ToArray(), text.Then(CleanText.Identity(text.Text)).Edits.ToArray());
            Assert.Equal(text.Edits.ToArray(), CleanText.Identity(text.Source).Then(text).Edits.ToArray());
        }
    }

    internal static void AssertOrdered(CleanText text)
    {
        int source = 0, target = 0;
        foreach (Edit edit in text.Edits)
        {
            Assert.True(edit.SourceStart >= source && edit.TextStart >= target && edit.SourceLength >= 0 && edit.TextLength >= 0);
            Assert.Equal(edit.SourceStart - source, edit.TextStart - target);
            Assert.True(text.Source.AsSpan(source, edit.SourceStart - source).SequenceEqual(text.Text.AsSpan(target, edit.TextStart - target)));
            (source, target) = (edit.SourceEnd, edit.TextEnd);
        }
        Assert.True(text.Source.AsSpan(source).SequenceEqual(text.Text.AsSpan(target)));
    }

    private static void Check(CleanText first, CleanText second)
    {
        CleanText both = first.Then(second);
        Assert.Equal(second.Text, both.Text);
        Assert.Same(first.Source, both.Source);
        AssertOrdered(both);
        CharacterMap expected = CharacterMap.Of(first).Then(CharacterMap.Of(second));
        int start = 0, end = 0;
        for (int i = 0; i < both.Text.Length; i++)
        {
            SourceSpan whole = both.ToSource(new TextSpan(i, i + 1));
            if (whole.Start > expected.Starts[i] || whole.End < expected.Ends[i]) Assert.Fail(Describe(first, second, both, i, expected));
            if (whole.Start < start || whole.End < end) Assert.Fail("order: " + Describe(first, second, both, i, expected));
            (start, end) = (whole.Start, whole.End);
            for (int j = 0; j < i; j++)
                if (both.ToSource(new TextSpan(j, i + 1)) != new SourceSpan(both.ToSource(new TextSpan(j, j + 1)).Start, whole.End)) Assert.Fail("span: " + Describe(first, second, both, i, expected));
        }
    }

    private static string Describe(CleanText first, CleanText second, CleanText both, int at, CharacterMap expected) =>
        $"{first.Source} > {first.Text} > {second.Text} at {at}: {both.ToSource(new TextSpan(at, at + 1))}, by character {expected.Starts[at]}..{expected.Ends[at]}\n"
        + $"first  {string.Join(", ", first.Edits.ToArray())}\nsecond {string.Join(", ", second.Edits.ToArray())}\nboth   {string.Join(", ", both.Edits.ToArray())}";

    private static string Letters(Random random, int length, char first) =>
        string.Create(length, (random, first), static (span, state) =>
        {
            foreach (ref char c in span) c = (char)(state.first + state.random.Next(10));
        });

    /// <summary>Random edits; without <paramref name="lengths"/> only one for one.</summary>
    private static CleanText Edited(Random random, string source, char first, bool lengths)
    {
        var builder = new CleanTextBuilder();
        builder.Start(source);
        int copies = random.Next(1, 6);
        while (random.Next(10) > 0)
        {
            int left = source.Length - builder.Position;
            builder.CopyTo(builder.Position + Math.Min(left, random.Next(copies)));
            left = source.Length - builder.Position;
            if (left > 0 && (!lengths || random.Next(3) == 0)) builder.Substitute((char)(first + random.Next(10)), EditKind.Script);
            else if (lengths) builder.Replace(builder.Position + random.Next(0, Math.Min(4, left + 1)), Letters(random, random.Next(0, 4), first), (EditKind)random.Next(1, 11));
        }
        return builder.Finish();
    }

    /// <summary>For each character of a text the stretch of the source that it came from; empty for what was inserted.</summary>
    private sealed record CharacterMap(int[] Starts, int[] Ends, int SourceLength)
    {
        public static CharacterMap Of(CleanText text)
        {
            var map = new CharacterMap(new int[text.Text.Length], new int[text.Text.Length], text.Source.Length);
            int source = 0, target = 0;
            foreach (Edit edit in text.Edits)
            {
                for (; target < edit.TextStart; target++, source++) (map.Starts[target], map.Ends[target]) = (source, source + 1);
                for (; target < edit.TextEnd; target++)
                    (map.Starts[target], map.Ends[target]) = edit.IsOneToOne
                        ? (edit.SourceStart + target - edit.TextStart, edit.SourceStart + target - edit.TextStart + 1) : (edit.SourceStart, edit.SourceEnd);
                source = edit.SourceEnd;
            }
            for (; target < text.Text.Length; target++, source++) (map.Starts[target], map.Ends[target]) = (source, source + 1);
            return map;
        }

        public CharacterMap Then(CharacterMap later)
        {
            var map = new CharacterMap(new int[later.Starts.Length], new int[later.Starts.Length], SourceLength);
            for (int i = 0; i < later.Starts.Length; i++)
            {
                int start = later.Starts[i], end = later.Ends[i];
                if (start < end) (map.Starts[i], map.Ends[i]) = (Starts[start], Ends[end - 1]);
                else
                {
                    // An insertion lies somewhere between its neighbours; any place there is right.
                    int low = start == 0 ? 0 : Ends[start - 1], high = start == Starts.Length ? SourceLength : Starts[start];
                    (map.Starts[i], map.Ends[i]) = (Math.Max(low, high), Math.Min(low, high));
                }
            }
            return map;
        }
    }
}
