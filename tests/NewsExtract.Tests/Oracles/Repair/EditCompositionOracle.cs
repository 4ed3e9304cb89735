using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Repair;

/// <summary>Two steps as one map, against a plain twin that follows each character on its own.</summary>
public sealed class EditCompositionOracle
{
    private const int Rounds = 3000;

    [Fact]
    public void Every_character_keeps_a_stretch_that_holds_where_it_came_from()
    {
        var random = new Random(5);
        for (int round = 0; round < Rounds; round++)
        {
            string source = Letters(random, random.Next(0, 24), 'a');
            CleanText first = Edited(random, source, 'A'), second = Edited(random, first.Text, '0');
            CleanText both = first.Then(second);
            Assert.Equal(second.Text, both.Text);
            Assert.Same(source, both.Source);
            AssertOrdered(both);
            for (int i = 0; i < both.Text.Length; i++)
            {
                SourceSpan whole = both.ToSource(new TextSpan(i, i + 1));
                SourceSpan middle = second.ToSource(new TextSpan(i, i + 1));
                if (middle.Length == 0) continue;
                SourceSpan twin = first.ToSource(new TextSpan(middle.Start, middle.End));
                Assert.True(twin.Length == 0 || KeepsLengthByChance(both, i, first, second) || (whole.Start <= twin.Start && whole.End >= twin.End), $"{source} > {first.Text} > {second.Text} at {i}: {whole} lacks {twin}");
            }
        }
    }

    [Fact]
    public void Substitutions_never_widen_what_an_earlier_deletion_left()
    {
        var random = new Random(7);
        for (int round = 0; round < Rounds; round++)
        {
            string source = Letters(random, random.Next(1, 24), 'a');
            var builder = new CleanTextBuilder();
            builder.Start(source);
            for (int i = 0; i < source.Length; i++)
                if (random.Next(3) == 0)
                {
                    builder.CopyTo(i);
                    builder.Replace(i + 1, "", EditKind.Gloss);
                }
            CleanText first = builder.Finish();
            builder.Start(first.Text);
            for (int i = 0; i < first.Text.Length; i++)
                if (random.Next(2) == 0)
                {
                    builder.CopyTo(i);
                    builder.Substitute('X', EditKind.Script);
                }
            CleanText both = first.Then(builder.Finish());
            for (int i = 0; i < both.Text.Length; i++)
                Assert.Equal(first.ToSource(new TextSpan(i, i + 1)), both.ToSource(new TextSpan(i, i + 1)));
        }
    }

    /// <summary>An edit joined of others that happens to keep the length reads as if its characters corresponded one to one.</summary>
    private static bool KeepsLengthByChance(CleanText both, int at, CleanText first, CleanText second)
    {
        foreach (Edit edit in both.Edits)
        {
            if (edit.TextStart > at || edit.TextEnd <= at || edit.SourceLength != edit.TextLength) continue;
            foreach (Edit part in first.Edits)
                if (part.SourceLength != part.TextLength && part.SourceStart <= edit.SourceEnd && part.SourceEnd >= edit.SourceStart) return true;
            foreach (Edit part in second.Edits)
                if (part.SourceLength != part.TextLength && part.TextStart <= edit.TextEnd && part.TextEnd >= edit.TextStart) return true;
        }
        return false;
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

    private static string Letters(Random random, int length, char first) =>
        string.Create(length, random, (span, r) =>
        {
            foreach (ref char c in span) c = (char)(first + r.Next(10));
        });

    private static CleanText Edited(Random random, string source, char first)
    {
        var builder = new CleanTextBuilder();
        builder.Start(source);
        while (builder.Position < source.Length && random.Next(8) > 0)
        {
            builder.CopyTo(builder.Position + random.Next(0, Math.Min(4, source.Length - builder.Position + 1)));
            if (builder.Position < source.Length && random.Next(2) == 0) builder.Substitute((char)(first + random.Next(10)), (EditKind)random.Next(1, 11));
            else builder.Replace(builder.Position + random.Next(0, Math.Min(4, source.Length - builder.Position + 1)), Letters(random, random.Next(0, 4), first), (EditKind)random.Next(1, 11));
        }
        return builder.Finish();
    }
}
