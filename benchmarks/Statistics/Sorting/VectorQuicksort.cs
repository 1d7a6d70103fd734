using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlOps.Benchmarks.Sorting;

/// <summary>A quicksort whose partitions pack four doubles at a time, in place: what the radix sort has to beat. Knows no NaN.</summary>
/// <remarks>
/// Of each vector the values below the pivot go to the front of the gap and the others to its back, as in the published AVX2 and AVX-512
/// sorts; a table of permutations does what AVX-512's compress-store does in one instruction, which is slow on the Zen processors.
/// </remarks>
internal static class VectorQuicksort
{
    private const int Lanes = 4;
    private const int Short = 64;
    private static readonly Vector256<int>[] PackLow = [.. Enumerable.Range(0, 1 << Lanes).Select(Packing)];

    public static void Sort(Span<double> values)
    {
        while (values.Length > Short)
        {
            var pivot = Median(values[0], values[values.Length / 2], values[^1]);
            var below = Partition(values, pivot);
            if (below == 0)
            {
                // The pivot is the least value: what equals it is in place.
                var next = 0;
                for (var i = 0; i < values.Length; i++)
                {
                    if (values[i] == pivot)
                    {
                        (values[i], values[next]) = (values[next], values[i]);
                        next++;
                    }
                }

                values = values[next..];
                continue;
            }

            Sort(values[..below]);
            values = values[below..];
        }

        values.Sort();
    }

    private static int Partition(Span<double> values, double pivot)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var limit = Vector256.Create(pivot);
        var held = Vector256.LoadUnsafe(ref first);
        var last = Vector256.LoadUnsafe(ref first, (nuint)(values.Length - Lanes));
        int readLow = Lanes, readHigh = values.Length - Lanes, writeLow = 0, writeHigh = values.Length;
        while (readHigh - readLow >= Lanes)
        {
            Vector256<double> vector;
            if (readLow - writeLow <= writeHigh - readHigh)
            {
                vector = Vector256.LoadUnsafe(ref first, (nuint)readLow);
                readLow += Lanes;
            }
            else
            {
                readHigh -= Lanes;
                vector = Vector256.LoadUnsafe(ref first, (nuint)readHigh);
            }

            var mask = Vector256.LessThan(vector, limit).ExtractMostSignificantBits();
            var packed = Avx2.PermuteVar8x32(vector.AsInt32(), PackLow[mask]).AsDouble();
            packed.StoreUnsafe(ref first, (nuint)writeLow);
            packed.StoreUnsafe(ref first, (nuint)(writeHigh - Lanes));
            var below = BitOperations.PopCount(mask);
            writeLow += below;
            writeHigh -= Lanes - below;
        }

        Span<double> rest = stackalloc double[3 * Lanes];
        var count = readHigh - readLow;
        values[readLow..readHigh].CopyTo(rest);
        held.CopyTo(rest[count..]);
        last.CopyTo(rest[(count + Lanes)..]);
        foreach (var value in rest[..(count + (2 * Lanes))])
        {
            if (value < pivot)
            {
                values[writeLow++] = value;
            }
            else
            {
                values[--writeHigh] = value;
            }
        }

        return writeLow;
    }

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    // The lanes whose bit is set come first, each a pair of 32 bits.
    private static Vector256<int> Packing(int mask)
    {
        int[] lanes = [.. Enumerable.Range(0, Lanes).OrderBy(lane => (mask >> lane & 1) == 0)];
        return Vector256.Create([.. lanes.SelectMany(lane => new[] { 2 * lane, (2 * lane) + 1 })]);
    }
}
