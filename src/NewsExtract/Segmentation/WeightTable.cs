using System.Runtime.InteropServices;
using NewsExtract.Modeling;

namespace NewsExtract.Segmentation;

/// <summary>
/// A table of signed bytes whose first byte stands at the start of a cache line, so that a row of 64 bytes takes one
/// line and not two. The array lives on the heap of objects that don't move.
/// </summary>
internal sealed class WeightTable
{
    private const int Line = 64;
    private readonly sbyte[] _bytes;
    private readonly int _first;

    /// <summary>Copies the section <paramref name="name"/>.</summary>
    public WeightTable(ModelFile file, string name)
    {
        ReadOnlySpan<sbyte> source = MemoryMarshal.Cast<byte, sbyte>(file.Section(name).Span);
        Length = source.Length;
        _bytes = GC.AllocateUninitializedArray<sbyte>(Length + Line, pinned: true);
        _first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0) & (Line - 1));
        source.CopyTo(_bytes.AsSpan(_first));
    }

    /// <summary>The number of bytes.</summary>
    public int Length { get; }

    /// <summary>The first byte.</summary>
    public ref sbyte First => ref _bytes[_first];

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<sbyte> Bytes => _bytes.AsSpan(_first, Length);
}
