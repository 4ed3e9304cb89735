using System.Numerics;
using NewsExtract.Modeling;

namespace NewsExtract.Records;

/// <summary>Tells which classes of a list a set has, as bits by their places in the list: at most 32 classes, each once.</summary>
internal sealed class ClassPlaces
{
    private readonly TermSet _all;
    private readonly byte[] _places = new byte[128];

    public ClassPlaces(TermClass[] classes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes.Length, 32);
        _all = TermSet.Of(classes);
        for (int i = 0; i < classes.Length; i++) _places[(int)classes[i]] = (byte)i;
    }

    /// <summary>Bit <c>n</c> is set where the set has the list's class number <c>n</c>.</summary>
    public uint Of(TermSet terms)
    {
        uint found = 0;
        for (ulong low = terms.Low & _all.Low; low != 0; low &= low - 1) found |= 1u << _places[BitOperations.TrailingZeroCount(low)];
        for (ulong high = terms.High & _all.High; high != 0; high &= high - 1) found |= 1u << _places[64 + BitOperations.TrailingZeroCount(high)];
        return found;
    }
}
