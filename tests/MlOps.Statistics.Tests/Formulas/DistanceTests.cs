using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Formulas;

public sealed class DistanceTests
{
    [Fact]
    public void Distances_of_counts_follow_their_formulas()
    {
        long[] a = [10, 30, 60], b = [20, 50, 30];
        double[] p = [0.1, 0.3, 0.6], q = [0.2, 0.5, 0.3];
        double psi = 0, divergence = 0, variation = 0, hellinger = 0;
        for (var i = 0; i < 3; i++)
        {
            var mixture = (p[i] + q[i]) / 2;
            psi += (q[i] - p[i]) * Math.Log(q[i] / p[i]);
            divergence += ((p[i] * Math.Log2(p[i] / mixture)) + (q[i] * Math.Log2(q[i] / mixture))) / 2;
            variation += Math.Abs(p[i] - q[i]) / 2;
            hellinger += Math.Pow(Math.Sqrt(p[i]) - Math.Sqrt(q[i]), 2) / 2;
        }

        Assert.Equal(psi, PopulationStabilityIndex.Between(a, b), 1e-12);
        Assert.Equal(divergence, JensenShannon.DivergenceBetween(a, b), 1e-12);
        Assert.Equal(Math.Sqrt(divergence), JensenShannon.Between(a, b), 1e-12);
        Assert.Equal(variation, TotalVariation.Between(a, b), 1e-12);
        Assert.Equal(Math.Sqrt(hellinger), Hellinger.Between(a, b), 1e-12);
    }

    [Property]
    public bool Distances_are_symmetric_bounded_and_zero_for_equal_rows(byte[] left, byte[] right)
    {
        var length = Math.Min(left.Length, right.Length);
        long[] a = [1, .. left.Take(length).Select(v => (long)v)], b = [1, .. right.Take(length).Select(v => (long)v)];
        return new Func<long[], long[], double>[]
        {
            (x, y) => JensenShannon.Between(x, y), (x, y) => TotalVariation.Between(x, y), (x, y) => Hellinger.Between(x, y),
        }.All(d => Math.Abs(d(a, b) - d(b, a)) < 1e-12 && d(a, b) is >= 0 and <= 1 && d(a, a) < 1e-7);
    }

    [Fact]
    public void Information_distances_change_their_unit_with_the_base()
    {
        long[] a = [10, 30, 60], b = [20, 50, 30];
        Assert.Equal(JensenShannon.DivergenceBetween(a, b) * Math.Log(2), JensenShannon.DivergenceBetween(a, b, LogarithmBase.E), 1e-15);
        Assert.Equal(Math.Pow(JensenShannon.Between(a, b, LogarithmBase.E), 2), JensenShannon.DivergenceBetween(a, b, LogarithmBase.E), 1e-15);
        Assert.Equal(KullbackLeibler.Between(a, b), KullbackLeibler.Between(a, b, LogarithmBase.Two) * Math.Log(2), 1e-15);
        Assert.Equal(double.PositiveInfinity, KullbackLeibler.Between([1, 1], [2, 0]));
        Assert.Equal(Math.Log(2), KullbackLeibler.Between([2, 0], [1, 1]), 1e-15);
        Assert.Equal(0.3, LInfinity.Between(a, b), 1e-15);
        Assert.Equal(1, JensenShannon.Between([5, 0], [0, 7]), 1e-15);
    }

    [Property]
    public bool Distances_keep_their_order(byte[] left, byte[] right)
    {
        // L-infinity <= total variation <= √2 Hellinger, Hellinger² <= total variation, and Pinsker's inequality.
        var length = Math.Min(left.Length, right.Length);
        long[] a = [1, .. left.Take(length).Select(v => (long)v)], b = [1, .. right.Take(length).Select(v => (long)v)];
        double most = LInfinity.Between(a, b), variation = TotalVariation.Between(a, b), hellinger = Hellinger.Between(a, b);
        return most <= variation + 1e-12 && variation <= (Math.Sqrt(2) * hellinger) + 1e-12 && hellinger * hellinger <= variation + 1e-12
            && 2 * variation * variation <= KullbackLeibler.Between(a, b) + 1e-12 && JensenShannon.DivergenceBetween(a, b) <= variation + 1e-12;
    }

    [Fact]
    public void Distances_of_samples_share_the_quantile_bins_of_the_reference()
    {
        for (var length = 1; length <= 256; length++)
        {
            var draws = new Draws((ulong)length);
            double[] x = draws.Normals(length), y = [.. draws.Normals(100, 0.5), double.NaN, double.PositiveInfinity, 1e308, double.NegativeInfinity];
            double[] sorted = [.. x.Order()];
            double[] edges = [.. Enumerable.Range(1, 9).Select(b => sorted[Math.Max(0, (b * length / 10) - 1)]).Distinct()];
            long[] p = Cells(x), q = Cells(y);
            Assert.Equal(PopulationStabilityIndex.Between(p, q), PopulationStabilityIndex.Between(x, y));
            Assert.Equal(JensenShannon.Between(p, q), JensenShannon.Between(x, y));
            Assert.Equal(JensenShannon.DivergenceBetween(p, q, LogarithmBase.E), JensenShannon.DivergenceBetween(x, y, logarithm: LogarithmBase.E));
            Assert.Equal(KullbackLeibler.Between(p, q), KullbackLeibler.Between(x, y));
            Assert.Equal(Hellinger.Between(p, q), Hellinger.Between(x, y));
            Assert.Equal(TotalVariation.Between(p, q), TotalVariation.Between(x, y));
            Assert.Equal(LInfinity.Between(p, q), LInfinity.Between(x, y));

            long[] Cells(double[] values) =>
                [.. Enumerable.Range(0, edges.Length + 1).Select(c => values.LongCount(v => !double.IsNaN(v) && edges.Count(e => e < v) == c))];
        }

        Assert.True(double.IsNaN(Hellinger.Between([], [1.0])));
        Assert.True(double.IsNaN(JensenShannon.Between([1.0, 2], [double.NaN])));
        Assert.Throws<ArgumentOutOfRangeException>(() => LInfinity.Between([1.0], [1.0], bins: 1));
    }

    [Property]
    public bool The_ks_test_is_symmetric_and_its_results_are_shares(double[] x, double[] y)
    {
        var forth = KolmogorovSmirnov.Test(x, y);
        var back = KolmogorovSmirnov.Test(y, x);
        return double.IsNaN(forth.Statistic)
            ? forth.PValue == 1
            : Math.Abs(forth.Statistic - back.Statistic) < 1e-12 && Math.Abs(forth.PValue - back.PValue) < 1e-9
                && forth.Statistic is >= 0 and <= 1 && forth.PValue is >= 0 and <= 1;
    }
}
