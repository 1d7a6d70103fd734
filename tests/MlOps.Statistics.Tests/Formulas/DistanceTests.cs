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
