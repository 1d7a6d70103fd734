namespace MlOps.Statistics;

/// <summary>The numbers that NannyML 0.13.1 prints by default, for teams that move from it; not a recommendation.</summary>
/// <remarks>
/// The default method is the Jensen–Shannon distance of base 2: numbers in bins after Doane (1976) over the reference, categories one by
/// one, all else in one left-over bin. The threshold is the mean and three population standard deviations of the distances of ten chunks of
/// the reference, in its order, from the whole of it; rows that do not fill a tenth chunk make one of their own. Chunks are cut before
/// missing values are dropped, so that the place of a missing value counts; infinities, with which the tool ends in an error, are dropped
/// here too.
/// </remarks>
public static class NannyMLDefaults
{
    private const string Tool = "NannyML 0.13.1";
    private const int Chunks = 10;

    /// <summary>The default rule on numbers.</summary>
    public static CompatResult Numeric(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var x = ValueCounts.Finite(reference);
        var edges = x.Length == 0 ? [] : EqualWidthBins.Doane(x);
        long[] whole = x.Length == 0 ? [] : [.. EqualWidthBins.Count(edges, x), 0];
        return Judge(reference.ToArray(), current.ToArray(), part =>
        {
            var values = ValueCounts.Finite(part);
            var counts = x.Length == 0 ? [] : EqualWidthBins.Count(edges, values);
            return (whole, [.. counts, values.Length - counts.Sum()]);
        });
    }

    /// <summary>The default rule on categories.</summary>
    public static CompatResult Categorical(IEnumerable<string?> reference, IEnumerable<string?> current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        string?[] all = [.. reference];
        string[] x = [.. all.OfType<string>()];
        return Judge(all, [.. current], part => Known(x, part.OfType<string>()));
    }

    /// <summary>Counts over the reference's values, what it does not have in the last place.</summary>
    private static (long[] Reference, long[] Current) Known(string[] reference, IEnumerable<string> part)
    {
        var (x, y) = ValueCounts.Of(reference, part);
        var known = x.Count(count => count > 0);
        return ([.. x[..known], 0], [.. y[..known], y[known..].Sum()]);
    }

    private static CompatResult Judge<T>(T[] reference, T[] current, Func<T[], (long[] Reference, long[] Current)> count)
    {
        var distance = Distance(current);
        var size = Math.Max(1, reference.Length / Chunks);
        double[] chunks = [.. reference.Chunk(size).Select(Distance).Where(chunk => !double.IsNaN(chunk))];
        if (double.IsNaN(distance) || chunks.Length == 0)
        {
            return new CompatResult(Tool, "jensen_shannon", double.NaN, double.NaN, false);
        }

        var mean = chunks.Average();
        var threshold = mean + (3 * Math.Sqrt(chunks.Average(chunk => (chunk - mean) * (chunk - mean))));
        return new CompatResult(Tool, "jensen_shannon", distance, threshold, distance > threshold);

        double Distance(T[] part)
        {
            var (x, y) = count(part);
            return x.Sum() == 0 || y.Sum() == 0 ? double.NaN : JensenShannon.Between(x, y);
        }
    }
}
