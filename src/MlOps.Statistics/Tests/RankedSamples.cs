namespace MlOps.Statistics;

/// <summary>
/// Two or more samples in one order: who each value belongs to, and where ties end. The Anderson–Darling statistic needs no more.
/// </summary>
internal sealed class RankedSamples
{
    private readonly List<int> _tieEnds = [];

    private RankedSamples(double[][] sorted)
    {
        Sizes = [.. sorted.Select(s => s.Length)];
        Labels = new int[Sizes.Sum()];
        var heads = new int[sorted.Length];
        for (var filled = 0; filled < Labels.Length; _tieEnds.Add(filled))
        {
            var smallest = double.PositiveInfinity;
            for (var s = 0; s < sorted.Length; s++)
            {
                smallest = heads[s] < Sizes[s] ? Math.Min(smallest, sorted[s][heads[s]]) : smallest;
            }

            for (var s = 0; s < sorted.Length; s++)
            {
                for (; heads[s] < Sizes[s] && sorted[s][heads[s]] == smallest; heads[s]++)
                {
                    Labels[filled++] = s;
                }
            }
        }
    }

    /// <summary>The sample of each value, in the order of the values; a permutation test shuffles it.</summary>
    public int[] Labels { get; }

    public int[] Sizes { get; }

    public bool IsUndefined => Labels.Length < 4 || _tieEnds.Count < 2 || Sizes.Contains(0);

    public static RankedSamples Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        new([ObservedValues.Sorted(x), ObservedValues.Sorted(y)]);

    public static RankedSamples Of(IReadOnlyList<double[]> samples) => samples.Count >= 2
        ? new([.. samples.Select(s => ObservedValues.Sorted(s))])
        : throw new ArgumentException($"There are {samples.Count} samples; a comparison needs at least two.", nameof(samples));

    /// <summary>A²a (equation 7 of Scholz and Stephens) with middle ranks, or A² (equation 6).</summary>
    public double Statistic(bool midrank)
    {
        double all = Labels.Length;
        Span<double> below = Sizes.Length <= 64 ? stackalloc double[Sizes.Length] : new double[Sizes.Length];
        Span<double> tied = Sizes.Length <= 64 ? stackalloc double[Sizes.Length] : new double[Sizes.Length];
        double sum = 0;
        var start = 0;
        foreach (var end in _tieEnds)
        {
            tied.Clear();
            foreach (var label in Labels.AsSpan(start, end - start))
            {
                tied[label]++;
            }

            double ties = end - start, rank = midrank ? start + (ties / 2) : end;
            var variance = (rank * (all - rank)) - (midrank ? all * ties / 4 : 0);
            var terms = 0.0;
            for (var s = 0; s < Sizes.Length; s++)
            {
                var own = below[s] + (midrank ? tied[s] / 2 : tied[s]);
                var excess = (all * own) - (rank * Sizes[s]);
                terms += excess * excess / Sizes[s];
                below[s] += tied[s];
            }

            sum += variance > 0 ? ties / all * terms / variance : 0;
            start = end;
        }

        return midrank ? sum * ((all - 1) / all) : sum;
    }

    /// <summary>The statistic less its mean, over its standard deviation if nothing differs (equation 4).</summary>
    public static double Standardize(double statistic, ReadOnlySpan<int> sizes)
    {
        double n = 0, k = sizes.Length, inverses = 0;
        foreach (var size in sizes)
        {
            n += size;
            inverses += 1.0 / size;
        }

        var (h, g) = Harmonics((long)n);
        var a = (((4 * g) - 6) * (k - 1)) + ((10 - (6 * g)) * inverses);
        var b = (((2 * g) - 4) * k * k) + (8 * h * k) + (((2 * g) - (14 * h) - 4) * inverses) - (8 * h) + (4 * g) - 6;
        var c = (((6 * h) + (2 * g) - 2) * k * k) + (((4 * h) - (4 * g) + 6) * k) + (((2 * h) - 6) * inverses) + (4 * h);
        var d = (((2 * h) + 6) * k * k) - (4 * h * k);
        var variance = ((a * n * n * n) + (b * n * n) + (c * n) + d) / ((n - 1) * (n - 2) * (n - 3));
        return (statistic - (k - 1)) / Math.Sqrt(variance);
    }

    /// <summary>h = Σ 1/i below n, and g = Σ Σ 1/((n - i) j) for i &lt; j below n.</summary>
    private static (double H, double G) Harmonics(long n)
    {
        double h = 0, g = 0;
        for (var i = n - 1; i > 1; i--)
        {
            h += 1.0 / i;
            g += h / (n - i + 1);
        }

        return (h + 1, g);
    }
}
