using System.Numerics.Tensors;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>
/// The maximum mean discrepancy of two samples of rows under a Gaussian kernel: a two-sample test that sees any difference, correlations
/// too.
/// </summary>
/// <remarks>
/// Source: Gretton, Borgwardt, Rasch, Schölkopf and Smola, "A kernel two-sample test" (JMLR 2012). Columns enter in their own units: scale
/// them first, else the widest decides alone. A row with a NaN in any column is left out; infinities count as the largest finite number, so
/// that an extreme row is far from all others and no more. Time and scratch: O(N²·(columns + permutations)) for N rows in all, and
/// 8·N·permutations bytes; above some 20,000 rows take <see cref="LinearTime"/> or a sample of the rows.
/// </remarks>
public static class MaximumMeanDiscrepancy
{
    private const int MedianRows = 500;

    /// <summary>Tests whether two samples of rows come from one distribution, by permutation.</summary>
    /// <param name="reference">The reference rows.</param>
    /// <param name="current">The rows to compare, of the same columns.</param>
    /// <param name="options">Bandwidth, permutations and seed; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The columns differ in number, or an option is out of range.</exception>
    public static MmdResult Test(SampleMatrix reference, SampleMatrix current, MmdOptions? options = null)
    {
        SampleRows.CheckColumns(reference, current);
        options ??= new MmdOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Permutations, 1, nameof(options));
        double[] x = SampleRows.Complete(reference), y = SampleRows.Complete(current);
        int n = x.Length / reference.Columns, m = y.Length / reference.Columns;
        if (n < 2 || m < 2)
        {
            return new MmdResult(double.NaN, double.NaN, 1, double.NaN, 0);
        }

        double[] pooled = [.. x, .. y];
        var bandwidth = Bandwidth(pooled, reference.Columns, options.Bandwidth, options.Seed);
        if (double.IsNaN(bandwidth))
        {
            return new MmdResult(0, 0, 1, double.NaN, options.Permutations);
        }

        var kernel = new GaussianKernel(pooled, reference.Columns, bandwidth);
        var assignments = Assignments(kernel, n, options.Permutations, (ulong)options.Seed);
        var (within, rowSums) = PermutedSums.Of(kernel, assignments);
        var total = rowSums.Sum();
        var tolerance = 1e-12 * total / ((double)(n + m) * (n + m - 1));
        double observed = 0, biased = 0;
        var reached = 0;
        for (var p = 0; p <= options.Permutations; p++)
        {
            double chosen = 0;
            for (var row = 0; row < n + m; row++)
            {
                chosen += assignments[PermutedSums.Position(kernel, row, p)] * rowSums[row];
            }

            var across = chosen - within[p];
            var other = total - within[p] - (2 * across);
            var unbiased = (within[p] / n / (n - 1)) + (other / m / (m - 1)) - (2 * across / n / m);
            if (p == 0)
            {
                observed = unbiased;
                biased = Math.Max(0, ((within[p] + n) / n / n) + ((other + m) / m / m) - (2 * across / n / m));
            }
            else
            {
                reached += unbiased >= observed - tolerance ? 1 : 0;
            }
        }

        return new MmdResult(observed, biased, (1.0 + reached) / (1 + options.Permutations), bandwidth, options.Permutations);
    }

    /// <summary>
    /// The test in linear time: independent pairs of rows, a statistic that is normal in large samples, its p-value one-sided.
    /// </summary>
    /// <remarks>
    /// Lemma 14 of the paper. It sees far less than <see cref="Test"/> in the same rows and takes any number of them. Rows beyond the
    /// shorter sample's last whole pair are not looked at; rows are paired in a seeded random order. Below some 50 pairs the p-value is
    /// rough.
    /// </remarks>
    /// <param name="reference">The reference rows.</param>
    /// <param name="current">The rows to compare, of the same columns.</param>
    /// <param name="bandwidth">The kernel's bandwidth σ; null takes <see cref="MedianBandwidth"/>.</param>
    /// <param name="seed">The seed of the order and the subsample.</param>
    /// <returns>The estimate of MMD² and its p-value; NaN and 1 with fewer than two pairs.</returns>
    /// <exception cref="ArgumentException">The columns differ in number, or the bandwidth is not positive.</exception>
    public static TestResult LinearTime(SampleMatrix reference, SampleMatrix current, double? bandwidth = null, int seed = 0)
    {
        SampleRows.CheckColumns(reference, current);
        double[] x = SampleRows.Complete(reference), y = SampleRows.Complete(current);
        var columns = reference.Columns;
        int n = x.Length / columns, m = y.Length / columns, pairs = Math.Min(n, m) / 2;
        if (pairs < 2)
        {
            return TestResult.Undefined;
        }

        var sigma = Bandwidth([.. x, .. y], columns, bandwidth, seed);
        if (double.IsNaN(sigma))
        {
            return new TestResult(0, 1);
        }

        var random = new SplitMix64((ulong)seed);
        int[] orderX = SampleRows.Shuffled(n, ref random), orderY = SampleRows.Shuffled(m, ref random);
        var terms = new double[pairs];
        for (var i = 0; i < pairs; i++)
        {
            var x1 = x.AsSpan(orderX[2 * i] * columns, columns);
            var x2 = x.AsSpan(orderX[(2 * i) + 1] * columns, columns);
            var y1 = y.AsSpan(orderY[2 * i] * columns, columns);
            var y2 = y.AsSpan(orderY[(2 * i) + 1] * columns, columns);
            terms[i] = Kernel(x1, x2, sigma) + Kernel(y1, y2, sigma) - Kernel(x1, y2, sigma) - Kernel(x2, y1, sigma);
        }

        var moments = Moments.Of(terms);
        var z = moments.Variance == 0 ? 0 : moments.Mean / Math.Sqrt(moments.Variance / pairs);
        var half = Distributions.NormalTwoSided(z) / 2;
        return new TestResult(moments.Mean, z >= 0 ? half : 1 - half);
    }

    /// <summary>The bandwidth by the median heuristic: σ² is the median squared distance between two rows of the pooled samples.</summary>
    /// <remarks>
    /// All pairs where there are at most 500 complete rows in all, else those of 500 rows drawn by the seed. Where more than half of the
    /// pairs are equal it is the median of the distances above 0.
    /// </remarks>
    /// <returns>σ, in the data's unit; NaN where no two complete rows differ.</returns>
    /// <exception cref="ArgumentException">The columns differ in number.</exception>
    public static double MedianBandwidth(SampleMatrix reference, SampleMatrix current, int seed = 0)
    {
        SampleRows.CheckColumns(reference, current);
        return Bandwidth([.. SampleRows.Complete(reference), .. SampleRows.Complete(current)], reference.Columns, null, seed);
    }

    /// <summary>
    /// What each column adds to the discrepancy: the biased MMD² of all columns less that of all but this one, at one bandwidth.
    /// </summary>
    /// <remarks>
    /// Large and positive where the column takes part in the difference, alone or with others; about 0 or below where it does not. Computed
    /// on at most 500 complete rows a side, drawn by the seed: it ranks columns and tests nothing.
    /// </remarks>
    /// <returns>One number a column; all 0 with an empty sample or where no two rows differ.</returns>
    /// <exception cref="ArgumentException">The columns differ in number, or the bandwidth is not positive.</exception>
    public static double[] ColumnInfluence(SampleMatrix reference, SampleMatrix current, MmdOptions? options = null)
    {
        SampleRows.CheckColumns(reference, current);
        options ??= new MmdOptions();
        double[] x = SampleRows.Complete(reference), y = SampleRows.Complete(current);
        var bandwidth = Bandwidth([.. x, .. y], reference.Columns, options.Bandwidth, options.Seed);
        return MmdColumnInfluence.Of(x, y, reference.Columns, bandwidth, options.Seed);
    }

    private static double[] Assignments(GaussianKernel kernel, int n, int permutations, ulong seed)
    {
        var width = PermutedSums.PanelWidth;
        var panels = (permutations + width) / width;
        var assignments = new double[panels * kernel.Stride * width];
        var random = new SplitMix64(seed);
        for (var p = 0; p <= permutations; p++)
        {
            var order = p == 0 ? null : SampleRows.Shuffled(kernel.Rows, ref random);
            for (var i = 0; i < n; i++)
            {
                assignments[PermutedSums.Position(kernel, order is null ? i : order[i], p)] = 1;
            }
        }

        return assignments;
    }

    private static double Kernel(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double sigma)
    {
        var distance = TensorPrimitives.Distance(first, second) / sigma;
        return Math.Exp(-0.5 * distance * distance);
    }

    private static double Bandwidth(double[] pooled, int columns, double? given, int seed)
    {
        if (given is { } sigma)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma, "bandwidth");
            return sigma;
        }

        var random = new SplitMix64(~(ulong)seed);
        var order = SampleRows.Shuffled(pooled.Length / columns, ref random);
        var rows = Math.Min(order.Length, MedianRows);
        var distances = new double[rows * (rows - 1) / 2];
        var count = 0;
        for (var i = 1; i < rows; i++)
        {
            var row = pooled.AsSpan(order[i] * columns, columns);
            for (var j = 0; j < i; j++)
            {
                distances[count++] = TensorPrimitives.Distance<double>(row, pooled.AsSpan(order[j] * columns, columns));
            }
        }

        Array.Sort(distances);
        var median = Median(distances);
        if (median == 0)
        {
            median = Median(distances.AsSpan(distances.AsSpan().LastIndexOf(0.0) + 1));
        }

        return double.IsInfinity(median) ? double.MaxValue : median;
    }

    /// <summary>The root of the mean of the two middle squares, which is the median of the squares' root.</summary>
    private static double Median(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double low = sorted[(sorted.Length - 1) / 2], high = sorted[sorted.Length / 2];
        return low == high ? low : high * Math.Sqrt((1 + (low / high * (low / high))) / 2);
    }
}
