using System.Buffers;
using System.Numerics;
using MlOps.Statistics.Sorting;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The energy distance: the square root of 2 ∫ (F - G)², which has the unit of the square root of the data.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.energy_distance</c>; source: Székely and Rizzo, "Energy statistics" (2013). Unscaled, it grows
/// with the unit of the data, so no fixed threshold fits two columns: use <see cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double}, int, int)"/>.
/// NaN values are left out; mass at infinity on one side alone makes the distance infinite. Scratch: two pooled arrays of each sample's length.
/// </remarks>
public static class EnergyDistance
{
    /// <summary>The distance of two samples; NaN where one is empty. Sorts copies of both.</summary>
    public static double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        return Between(x.Keys, y.Keys);
    }

    /// <inheritdoc cref="Between(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Between(ReadOnlySpan<float> reference, ReadOnlySpan<float> current)
    {
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        return Between(x.Keys, y.Keys);
    }

    /// <summary>Tests by permutation whether two samples come from one distribution; the statistic is the energy distance.</summary>
    /// <param name="reference">The one sample.</param>
    /// <param name="current">The other sample.</param>
    /// <param name="permutations">Random relabellings; the smallest possible p-value is 1 / (1 + permutations).</param>
    /// <param name="seed">The same seed gives the same p-value on every machine.</param>
    /// <returns>
    /// (1 + c) / (1 + permutations), where c relabellings have at least the observed distance; with an infinite value in the pool, whose
    /// distances cannot be compared, a p-value of 1.
    /// </returns>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int permutations, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        if (x.Keys.IsEmpty || y.Keys.IsEmpty)
        {
            return TestResult.Undefined;
        }

        var distance = Between(x.Keys, y.Keys);
        var total = x.Keys.Length + y.Keys.Length;
        var rented = ArrayPool<ulong>.Shared.Rent(total);
        x.Keys.CopyTo(rented);
        y.Keys.CopyTo(rented.AsSpan(x.Keys.Length));
        using var pool = new SortedSample<ulong>(rented, total);
        rented.AsSpan(0, total).Sort();
        if (!double.IsFinite(SortKeys.Value(pool.Keys[^1]) - SortKeys.Value(pool.Keys[0])))
        {
            return new TestResult(distance, 1);
        }

        // Both sides of the comparison are computed alike, with slack for rounding, so that equal distances count as equal.
        var observed = distance * distance / 2 * (1 - 1e-12);
        var random = new SplitMix64((ulong)seed);
        var atLeast = 0;
        for (var i = 0; i < permutations; i++)
        {
            atLeast += RelabelledArea(pool.Keys, x.Keys.Length, ref random) >= observed ? 1 : 0;
        }

        return new TestResult(distance, (1.0 + atLeast) / (1.0 + permutations));
    }

    private static double Between<TKey>(ReadOnlySpan<TKey> x, ReadOnlySpan<TKey> y)
        where TKey : unmanaged, INumber<TKey>
    {
        if (x.IsEmpty || y.IsEmpty)
        {
            return double.NaN;
        }

        var area = new GapArea(x.Length, y.Length, squared: true);
        PooledOrder.Walk(x, y, ref area);
        return Math.Sqrt(2 * area.Total);
    }

    /// <summary>∫ (F - G)² where n of the pooled values, drawn in order without replacement, form the one sample.</summary>
    private static double RelabelledArea(ReadOnlySpan<ulong> pool, int n, ref SplitMix64 random)
    {
        int m = pool.Length - n, chosen = 0;
        double area = 0, previous = SortKeys.Value(pool[0]);
        for (var i = 0; i < pool.Length; i++)
        {
            var value = SortKeys.Value(pool[i]);
            var gap = ((double)chosen / n) - ((double)(i - chosen) / m);
            area += gap * gap * (value - previous);
            previous = value;
            chosen += random.Below(pool.Length - i) < n - chosen ? 1 : 0;
        }

        return area;
    }
}
