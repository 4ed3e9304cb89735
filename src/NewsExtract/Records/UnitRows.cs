using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsExtract.Records;

/// <summary>
/// One decision's hidden units in the form in which they are quick to sum: what a feature adds to all of them stands side by side, two lines of the cache. Gives what
/// <see cref="HiddenUnits.Score"/> gives, up to rounding. Immutable.
/// </summary>
internal sealed class UnitRows
{
    private const int CacheLine = 64;
    private const int Vectors = HiddenUnits.Count / 16;

    private readonly sbyte[] _rows; // begin at a cache line, on the heap of objects that don't move
    private readonly int _firstRow;
    private readonly short[] _start;
    private readonly float[] _factors;

    public UnitRows(HiddenUnits units)
    {
        (_start, _factors) = (units.Start, units.Factors);
        _rows = GC.AllocateUninitializedArray<sbyte>(units.Rows.Length + CacheLine, pinned: true);
        _firstRow = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_rows, 0) & (CacheLine - 1));
        units.Rows.CopyTo(_rows.AsSpan(_firstRow));
    }

    /// <summary>What the units are worth in the score.</summary>
    /// <param name="numbers">The rows of the features that are there, from 1 on.</param>
    public float Sum(ReadOnlySpan<int> numbers)
    {
        ref short start = ref MemoryMarshal.GetArrayDataReference(_start);
        Vector256<short> a = Vector256.LoadUnsafe(ref start), b = Vector256.LoadUnsafe(ref start, 16), c = Vector256.LoadUnsafe(ref start, 32), d = Vector256.LoadUnsafe(ref start, 48),
            e = Vector256.LoadUnsafe(ref start, 64), f = Vector256.LoadUnsafe(ref start, 80), g = Vector256.LoadUnsafe(ref start, 96), h = Vector256.LoadUnsafe(ref start, 112);
        ref sbyte rows = ref _rows[_firstRow];
        foreach (int number in numbers)
        {
            // Of 150 features none can make a sum too great.
            ref sbyte row = ref Unsafe.Add(ref rows, (number - 1) * HiddenUnits.Count);
            a += Wide(ref row, 0);
            b += Wide(ref row, 16);
            c += Wide(ref row, 32);
            d += Wide(ref row, 48);
            e += Wide(ref row, 64);
            f += Wide(ref row, 80);
            g += Wide(ref row, 96);
            h += Wide(ref row, 112);
        }
        ReadOnlySpan<Vector256<short>> sums = [a, b, c, d, e, f, g, h];
        Vector256<float> total = Vector256<float>.Zero;
        ref float factors = ref MemoryMarshal.GetArrayDataReference(_factors);
        for (int i = 0; i < Vectors; i++)
        {
            (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(Vector256.Max(sums[i], Vector256<short>.Zero));
            total += Vector256.ConvertToSingle(lower) * Vector256.LoadUnsafe(ref factors, (nuint)(16 * i));
            total += Vector256.ConvertToSingle(upper) * Vector256.LoadUnsafe(ref factors, (nuint)((16 * i) + 8));
        }
        // In one order on every machine.
        float units = 0;
        for (int i = 0; i < Vector256<float>.Count; i++) units += total[i];
        return units;
    }

    private static Vector256<short> Wide(ref sbyte row, int offset) => Vector256.WidenLower(Vector128.LoadUnsafe(ref row, (nuint)offset).ToVector256Unsafe());
}
