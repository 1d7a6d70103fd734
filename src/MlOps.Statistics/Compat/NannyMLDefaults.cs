namespace MlOps.Statistics;

/// <summary>The numbers that NannyML 0.13.1 prints by default, for teams that move from it; not a recommendation.</summary>
/// <remarks>
/// The default method is the Jensen–Shannon distance of base 2: numbers in bins after Doane (1976) over the reference (by value where the reference
/// has at most 50 different ones and they are at most a tenth of its rows), categories one by one, all else in one left-over bin. The threshold is
/// the mean and three population standard deviations of the distances of ten chunks of the reference, in its order, from the whole of it; rows that
/// do not fill a tenth chunk make one of their own. Missing values and infinities are dropped first.
/// </remarks>
public static class NannyMLDefaults
{
    private const string Tool = "NannyML 0.13.1";
    private const int Chunks = 10;

    /// <summary>The default rule on numbers.</summary>
    public static CompatResult Numeric(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] x = ValueCounts.Finite(reference), y = ValueCounts.Finite(current);
        var distinct = x.Distinct().Count();
        if (distinct <= 50 && distinct <= 0.1 * x.Length)
        {
            return Judge(x, y, part => Known(x, part));
        }

        var edges = x.Length == 0 ? [] : EqualWidthBins.Doane(x);
        return Judge(x, y, part =>
        {
            var counts = EqualWidthBins.Count(edges, part);
            return ([.. EqualWidthBins.Count(edges, x), 0], [.. counts, part.Length - counts.Sum()]);
        });
    }

    /// <summary>The default rule on categories.</summary>
    public static CompatResult Categorical(IEnumerable<string?> reference, IEnumerable<string?> current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        string[] x = [.. reference.OfType<string>()];
        return Judge(x, [.. current.OfType<string>()], part => Known(x, part));
    }

    /// <summary>Counts over the reference's values, what it does not have in the last place.</summary>
    private static (long[] Reference, long[] Current) Known<T>(T[] reference, T[] part)
        where T : notnull
    {
        var (x, y) = ValueCounts.Of(reference, part);
        var known = x.Count(count => count > 0);
        return ([.. x[..known], 0], [.. y[..known], y[known..].Sum()]);
    }

    private static CompatResult Judge<T>(T[] reference, T[] current, Func<T[], (long[] Reference, long[] Current)> count)
    {
        if (reference.Length == 0 || current.Length == 0)
        {
            return new CompatResult(Tool, "jensen_shannon", double.NaN, double.NaN, false);
        }

        var size = Math.Max(1, reference.Length / Chunks);
        double[] chunks = [.. reference.Chunk(size).Select(Distance)];
        var mean = chunks.Average();
        var threshold = mean + (3 * Math.Sqrt(chunks.Average(chunk => (chunk - mean) * (chunk - mean))));
        var distance = Distance(current);
        return new CompatResult(Tool, "jensen_shannon", distance, threshold, distance > threshold);

        double Distance(T[] part)
        {
            var (x, y) = count(part);
            return JensenShannon.Between(x, y);
        }
    }
}
