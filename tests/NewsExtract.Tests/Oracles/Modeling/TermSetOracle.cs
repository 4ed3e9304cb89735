using FsCheck;
using FsCheck.Fluent;
using NewsExtract.Modeling;

namespace NewsExtract.Tests.Oracles.Modeling;

/// <summary>The bit set against a plain set.</summary>
public sealed class TermSetOracle
{
    [Fact]
    public void Behaves_like_a_set_of_classes() =>
        Prop.ForAll<byte[], byte[]>((a, b) =>
        {
            HashSet<TermClass> left = [.. a.Select(n => (TermClass)(n % 128))];
            HashSet<TermClass> right = [.. b.Select(n => (TermClass)(n % 128))];
            TermSet first = TermSet.Of([.. left]), second = TermSet.Of([.. right]);
            bool members = Enumerable.Range(0, 128).All(n => first.Has((TermClass)n) == left.Contains((TermClass)n)
                && (first | second).Has((TermClass)n) == (left.Contains((TermClass)n) || right.Contains((TermClass)n)));
            return members && first.Overlaps(second) == left.Overlaps(right) && first.IsEmpty == (left.Count == 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_of_classes_are_read_as_they_are_written()
    {
        Assert.Equal("title-head", TermClasses.Name(TermClass.TitleHead));
        foreach (TermClass c in Enum.GetValues<TermClass>())
        {
            Assert.True(TermClasses.TryParse(TermClasses.Name(c), out TermClass parsed));
            Assert.Equal(c, parsed);
        }
        Assert.False(TermClasses.TryParse("TitleHead", out _));
    }
}
