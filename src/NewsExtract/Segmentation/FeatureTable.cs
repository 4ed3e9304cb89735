using System.Runtime.CompilerServices;
using NewsExtract.Modeling;

namespace NewsExtract.Segmentation;

/// <summary>
/// Numbers rows of weights by key without empty rows to speak of: a key's hash names a bucket, the bucket has a
/// displacement that was chosen so that all its keys fall on free rows, and a row keeps sixteen bits of its key's hash
/// to tell other keys (one in 65,536 slips through). Row 0 is for unknown keys; its weights are zero.
/// (D. Belazzougui et al., Hash, Displace, and Compress, 2009.)
/// </summary>
internal sealed class FeatureTable
{
    private readonly ushort[] _displacements;
    private readonly ushort[] _checks;
    private readonly int _bucketBits;

    /// <param name="displacements">One for each bucket; their number is a power of two.</param>
    /// <param name="checks">One for each row, that of row 0 unused.</param>
    public FeatureTable(ushort[] displacements, ushort[] checks)
    {
        _displacements = displacements;
        _checks = checks;
        _bucketBits = System.Numerics.BitOperations.Log2((uint)displacements.Length);
    }

    /// <summary>Reads the sections <c>name.displacements</c> and <c>name.checks</c>.</summary>
    public FeatureTable(ModelFile file, string name)
        : this(file.Array<ushort>(name + ".displacements"), file.Array<ushort>(name + ".checks"))
    {
        if (!System.Numerics.BitOperations.IsPow2(_displacements.Length)) throw new ModelException($"{file.Name}: section {name}.displacements has no power of two entries");
        if (_checks.Length < 2) throw new ModelException($"{file.Name}: section {name}.checks is empty");
    }

    /// <summary>The number of rows, row 0 included.</summary>
    public int Rows => _checks.Length;

    internal ushort[] Displacements => _displacements;
    internal ushort[] Checks => _checks;
    internal int BucketBits => _bucketBits;

    /// <summary>Key of two units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Key(int a, int b) => ((ulong)(uint)a << 12) | (uint)b;

    /// <summary>Key of three units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Key(int a, int b, int c) => ((ulong)(uint)a << 24) | ((ulong)(uint)b << 12) | (uint)c;

    /// <summary>Spreads a key over 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong key)
    {
        ulong h = (key + 1) * 0x9E3779B97F4A7C15;
        h ^= h >> 32;
        return h * 0xD6E8FEB86659FD93;
    }

    /// <summary>The bucket of a hash: its top bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bucket(ulong hash, int bits) => (int)(hash >> 1 >> (63 - bits));

    /// <summary>The row of a hash in a bucket with this displacement, from 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Place(ulong hash, int displacement, int rows) =>
        1 + (int)((ulong)((uint)(hash >> 16) + (uint)displacement * 0x9E3779B1u) * (uint)(rows - 1) >> 32);

    /// <summary>The bits of a hash that its row keeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Mark(ulong hash) => (ushort)(hash >> 24 ^ hash);

    /// <summary>The key's row, or 0.</summary>
    public int Row(ulong key)
    {
        ulong hash = Hash(key);
        int row = Place(hash, _displacements[Bucket(hash, _bucketBits)], _checks.Length);
        return _checks[row] == Mark(hash) ? row : 0;
    }
}
