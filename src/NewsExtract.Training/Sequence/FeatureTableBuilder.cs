using System.Numerics;
using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>Makes a <see cref="FeatureTable"/> over a fixed set of keys.</summary>
internal static class FeatureTableBuilder
{
    /// <summary>The table of the keys.</summary>
    public static FeatureTable Build(IReadOnlyCollection<ulong> keys)
    {
        // With 2.5 keys a bucket and 3 rows in a hundred to spare every bucket finds a place.
        int bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, keys.Count * 2 / 5)));
        int rows = 2 + keys.Count + keys.Count / 32;
        ulong[] hashes = [.. keys.Select(FeatureTable.Hash).Order()];
        for (int i = 1; i < hashes.Length; i++)
        {
            if (hashes[i] == hashes[i - 1]) throw new InvalidOperationException("Two keys have the same hash.");
        }
        var displacements = new ushort[1 << bits];
        var checks = new ushort[rows];
        var taken = new bool[rows];
        taken[0] = true;
        var places = new List<int>();
        foreach (IGrouping<int, ulong> bucket in hashes.GroupBy(h => FeatureTable.Bucket(h, bits)).OrderByDescending(b => b.Count()).ThenBy(b => b.Key))
        {
            int displacement = Find(bucket, taken, rows, places);
            displacements[bucket.Key] = (ushort)displacement;
            foreach (ulong hash in bucket) checks[FeatureTable.Place(hash, displacement, rows)] = FeatureTable.Mark(hash);
        }
        return new FeatureTable(displacements, checks);
    }

    private static int Find(IEnumerable<ulong> bucket, bool[] taken, int rows, List<int> places)
    {
        for (int displacement = 0; displacement <= ushort.MaxValue; displacement++)
        {
            places.Clear();
            foreach (ulong hash in bucket)
            {
                int row = FeatureTable.Place(hash, displacement, rows);
                if (taken[row] || places.Contains(row)) break;
                places.Add(row);
            }
            if (places.Count < bucket.Count()) continue;
            foreach (int row in places) taken[row] = true;
            return displacement;
        }
        throw new InvalidOperationException("A bucket of the feature table finds no place.");
    }
}
