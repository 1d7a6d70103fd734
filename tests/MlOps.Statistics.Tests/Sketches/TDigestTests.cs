using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Sketches;

public sealed class TDigestTests
{
    private static readonly double[] Probabilities = [0.0001, 0.001, 0.01, .. Enumerable.Range(1, 19).Select(i => i / 20.0), 0.99, 0.999, 0.9999];

    public static TheoryData<string> Orders => ["uniform", "normal", "log-normal", "sorted", "reversed", "ties", "outliers"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Ranks_and_quantiles_keep_the_stated_error_on_every_seed(string order)
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var stream = Stream(order, seed, 3_000 + (int)(977 * seed));
            Judge(Digest(stream, seed % 2 == 0 ? 100 : 200), stream);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Merges_in_any_order_and_grouping_keep_the_stated_error(string order)
    {
        for (var seed = 1UL; seed <= 4; seed++)
        {
            double[][] parts = [Stream(order, seed, 4_000), Stream(order, seed + 100, 9_000), Stream("uniform", seed, 500)];
            double[] all = [.. parts.SelectMany(part => part)];
            foreach (var (a, b, c) in new[] { (0, 1, 2), (2, 1, 0), (1, 2, 0) })
            {
                Judge(Merge(Merge(Digest(parts[a]), Digest(parts[b])), Digest(parts[c])), all);
                Judge(Merge(Digest(parts[a]), Merge(Digest(parts[b]), Digest(parts[c]))), all);
            }
        }
    }

    [Property(MaxTest = 200)]
    public void A_merge_keeps_counts_missing_values_and_extremes_in_any_order(double[] left, double[] right)
    {
        var present = left.Concat(right).Where(value => !double.IsNaN(value)).ToArray();
        foreach (var merged in new[] { Merge(Digest(left), Digest(right)), Merge(Digest(right), Digest(left)) })
        {
            Assert.Equal(present.Length, merged.Count);
            Assert.Equal(left.Length + right.Length - present.Length, merged.MissingCount);
            Assert.Equal(present.Length == 0 ? double.NaN : present.Min(), merged.Minimum);
            Assert.Equal(present.Length == 0 ? double.NaN : present.Max(), merged.Maximum);
        }
    }

    [Property(MaxTest = 200)]
    public void Quantiles_and_ranks_rise_and_stay_between_the_extremes(double[] values)
    {
        var digest = Digest(values);
        if (digest.Count == 0)
        {
            Assert.True(double.IsNaN(digest.Quantile(0.5)) && double.IsNaN(digest.Rank(0)) && double.IsNaN(digest.RankErrorAt(0.5)));
            return;
        }

        var quantiles = Probabilities.Select(digest.Quantile).ToArray();
        Assert.Equal(quantiles.Order(), quantiles);
        Assert.All(quantiles, quantile => Assert.InRange(quantile, digest.Minimum, digest.Maximum));
        var ranks = quantiles.Select(digest.Rank).ToArray();
        Assert.Equal(ranks.Order(), ranks);
        Assert.Equal(1, digest.Rank(digest.Maximum));
        Assert.Equal((digest.Minimum, digest.Maximum), (digest.Quantile(0), digest.Quantile(1)));
        Assert.True(double.IsNaN(digest.Rank(double.NaN)));
    }

    [Fact]
    public void Infinities_are_values_that_move_no_centroid_and_huge_values_overflow_nothing()
    {
        var digest = Digest([double.NegativeInfinity, double.NaN, 1, 2, 3, double.PositiveInfinity, double.PositiveInfinity]);

        Assert.Equal((6, 1), (digest.Count, digest.MissingCount));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (digest.Quantile(0.1), digest.Quantile(0.8)));
        Assert.Equal(2, digest.Quantile(2.5 / 6));
        Assert.Equal((1 / 6.0, 4 / 6.0, 1), (digest.Rank(double.NegativeInfinity), digest.Rank(3), digest.Rank(double.PositiveInfinity)));

        var huge = Digest([.. Enumerable.Range(0, 5_000).Select(i => i % 2 == 0 ? double.MaxValue : -double.MaxValue)]);
        Assert.Equal((-double.MaxValue, double.MaxValue), (huge.Quantile(0.25), huge.Quantile(0.75)));
        Assert.True(double.IsFinite(huge.Quantile(0.5)));
        Assert.Equal(0.5, huge.Rank(0), 2);
    }

    [Fact]
    public void A_constant_stays_exact_and_one_outlier_moves_no_quantile()
    {
        var constant = Digest([.. Enumerable.Repeat(0.1, 10_000)]);
        Assert.All(Probabilities, probability => Assert.Equal(0.1, constant.Quantile(probability)));

        var stream = Stream("normal", 3, 20_000);
        var before = Digest(stream).Quantile(0.5);
        Assert.Equal(before, Digest([.. stream, 1e308]).Quantile(0.5), 2);
    }

    [Fact]
    public void There_are_never_more_centroids_than_the_compression_and_two()
    {
        foreach (var order in Orders)
        {
            var digest = Digest(Stream(order.Data, 5, 100_000));

            // A centroid takes eight bytes and its weight one to three.
            Assert.InRange(digest.ToArray().Length, 50, 60 + (11 * 202));
        }
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        var stream = Stream("normal", 1, 20_000);
        var digest = Digest(stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        digest.Add(stream);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Property(MaxTest = 100)]
    public void A_digest_read_back_is_the_same_and_goes_on_the_same(double[] values, ushort length)
    {
        var digest = Digest([.. values, .. Stream("normal", length, length % 3_000)]);
        var read = TDigest.Read(digest.ToArray());

        Assert.Equal(digest.ToArray(), read.ToArray());
        digest.Add(values);
        read.Add(values);
        Assert.Equal(digest.ToArray(), read.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_000)]
    public void Damaged_bytes_are_refused(int length) => DamagedBytes.AreRefused(Digest(Stream("normal", 2, length)).ToArray(), bytes => TDigest.Read(bytes));

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TDigest(19));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TDigest().Quantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TDigest().Quantile(1.01));
        Assert.Throws<ArgumentException>(() => new TDigest(100).Merge(new TDigest(200)));
    }

    private static void Judge(TDigest digest, double[] stream)
    {
        double[] sorted = [.. stream.Order()];
        Assert.Equal(stream.Length, digest.Count);
        foreach (var probability in Probabilities)
        {
            // The ranks of tied values are a range, and interpolation may answer between two of them.
            var allowed = digest.RankErrorAt(probability);
            var answer = digest.Quantile(probability);
            var (low, high) = Ranks(sorted, answer);
            Assert.InRange(probability, low - allowed, high + allowed);

            var asked = sorted[(int)(probability * sorted.Length)];
            (low, high) = Ranks(sorted, asked);
            Assert.InRange(digest.Rank(asked), low - Math.Max(digest.RankErrorAt(low), allowed), high + Math.Max(digest.RankErrorAt(high), allowed));
        }
    }

    private static (double Low, double High) Ranks(double[] sorted, double value)
    {
        return (CountUntil(other => other >= value), CountUntil(other => other > value));

        double CountUntil(Func<double, bool> isReached)
        {
            int low = 0, high = sorted.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = isReached(sorted[middle]) ? (low, middle) : (middle + 1, high);
            }

            return low / (double)sorted.Length;
        }
    }

    private static double[] Stream(string order, ulong seed, int length)
    {
        var draws = new Draws(seed);
        var values = Enumerable.Range(0, length);
        return order switch
        {
            "sorted" => [.. values.Select(i => (double)i)],
            "reversed" => [.. values.Select(i => (double)-i)],
            "ties" => [.. values.Select(_ => (double)draws.Below(12))],
            "outliers" => [.. values.Select(i => i % 50 == 0 ? 1e300 * draws.Uniform() : draws.Uniform())],
            "normal" => draws.Normals(length),
            "log-normal" => [.. values.Select(_ => Math.Exp(3 * draws.Normal()))],
            _ => [.. values.Select(_ => draws.Uniform())],
        };
    }

    private static TDigest Digest(double[] values, int compression = 200)
    {
        var digest = new TDigest(compression);
        digest.Add(values);
        return digest;
    }

    private static TDigest Merge(TDigest left, TDigest right)
    {
        left.Merge(right);
        return left;
    }
}
