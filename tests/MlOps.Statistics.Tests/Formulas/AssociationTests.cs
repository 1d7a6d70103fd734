using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Formulas;

public sealed class AssociationTests
{
    private static readonly Func<double[], double[], TestResult>[] s_correlations =
        [(x, y) => Pearson.Test(x, y), (x, y) => Spearman.Test(x, y), (x, y) => KendallTau.Test(x, y)];

    [Property]
    public bool A_correlation_is_symmetric_and_lies_between_minus_one_and_one(double[] x, double[] y)
    {
        var length = Math.Min(x.Length, y.Length);
        double[] first = x[..length], second = y[..length];
        return s_correlations.All(correlate =>
        {
            TestResult forth = correlate(first, second), back = correlate(second, first);
            return double.IsNaN(forth.Statistic)
                ? double.IsNaN(back.Statistic) && forth.PValue == 1
                : Math.Abs(forth.Statistic - back.Statistic) < 1e-12 && Math.Abs(forth.Statistic) <= 1
                    && Math.Abs(forth.PValue - back.PValue) <= 1e-7 && forth.PValue is >= 0 and <= 1;
        });
    }

    [Fact]
    public void A_pair_with_a_missing_value_is_left_out()
    {
        var draws = new Draws(4);
        double[] x = draws.Normals(50), y = [.. x.Select(v => v + draws.Normal())];
        double[] withHoles = [double.NaN, .. x, 1e9, double.NaN], others = [5, .. y, double.NaN, double.NaN];
        Assert.All(s_correlations, correlate => Assert.Equal(correlate(x, y), correlate(withHoles, others)));
        Assert.All(s_correlations, correlate => Assert.Throws<ArgumentException>(() => correlate(x, [1])));
    }

    [Fact]
    public void Constant_and_single_values_leave_a_correlation_undefined()
    {
        Assert.All(s_correlations, correlate =>
        {
            Assert.Equal(new TestResult(double.NaN, 1), correlate([], []));
            Assert.Equal(new TestResult(double.NaN, 1), correlate([1], [2]));
            Assert.Equal(new TestResult(double.NaN, 1), correlate([1, 1, 1], [2, 3, 4]));
            Assert.Equal(new TestResult(double.NaN, 1), correlate([2, 3, 4], [0.1, 0.1, 0.1]));
            Assert.Equal(new TestResult(-1, 1), correlate([1, 2], [4, 3]));
        });
    }

    [Fact]
    public void Rank_correlations_see_only_the_order_and_take_infinities_as_extremes()
    {
        var draws = new Draws(6);
        double[] x = draws.Normals(40), y = [.. x.Select(v => v + draws.Normal())];
        double[] bent = [.. x.Select(v => Math.Exp(v * 20))];
        Assert.Equal(Spearman.Test(x, y), Spearman.Test(bent, y));
        Assert.Equal(KendallTau.Test(x, y), KendallTau.Test(bent, y));
        Assert.Equal(Spearman.Test([.. x, 1e300], [.. y, 1e300]), Spearman.Test([.. x, double.PositiveInfinity], [.. y, double.PositiveInfinity]));
        Assert.True(double.IsNaN(Pearson.Test([.. x, double.PositiveInfinity], [.. y, 0]).Statistic));
    }

    [Fact]
    public void Kendall_agrees_with_the_count_over_all_pairs_at_every_length()
    {
        for (var length = 2; length <= 256; length++)
        {
            var draws = new Draws((ulong)length);
            double[] x = new double[length], y = new double[length];
            for (var i = 0; i < length; i++)
            {
                (x[i], y[i]) = (draws.Below(1 + (length / 2)), draws.Below(12) + (x[i] / 9));
            }

            double score = 0, pairsX = 0, pairsY = 0;
            for (var i = 0; i < length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    int signX = x[i].CompareTo(x[j]), signY = y[i].CompareTo(y[j]);
                    score += signX * signY;
                    pairsX += Math.Abs(signX);
                    pairsY += Math.Abs(signY);
                }
            }

            var found = KendallTau.Test(x, y).Statistic;
            var expected = score / Math.Sqrt(pairsX * pairsY);
            Assert.True(Math.Abs(expected - found) < 1e-12 || (double.IsNaN(expected) && double.IsNaN(found)), $"{length}: {expected} {found}");
        }
    }

    [Property]
    public bool Categorical_association_is_bounded_and_does_not_depend_on_which_variable_comes_first(byte[] counts)
    {
        const int Columns = 3;
        long[] table = [.. counts.Take(counts.Length / Columns * Columns).Select(c => (long)c)];
        var rows = table.Length / Columns;
        long[] turned = [.. Enumerable.Range(0, table.Length).Select(i => table[(i % rows * Columns) + (i / rows)])];
        if (rows == 0)
        {
            return double.IsNaN(CramersV.Test(table, Columns).Statistic) && double.IsNaN(MutualInformation.Test(table, Columns).Statistic);
        }

        TestResult v = CramersV.Test(table, Columns), corrected = CramersV.Test(table, Columns, biasCorrected: true), back = CramersV.Test(turned, rows);
        TestResult information = MutualInformation.Test(table, Columns), other = MutualInformation.Test(turned, rows);
        return (double.IsNaN(v.Statistic) ? double.IsNaN(back.Statistic) : v.Statistic is >= 0 and <= 1 && Math.Abs(v.Statistic - back.Statistic) < 1e-12)
            && (double.IsNaN(corrected.Statistic) || corrected.Statistic is >= 0 and <= 1)
            && (table.Sum() == 0 || (information.Statistic >= 0 && information.Statistic <= Math.Log(3) + 1e-12 && Math.Abs(information.Statistic - other.Statistic) < 1e-12));
    }

    [Fact]
    public void Codes_and_their_table_give_the_same_answer_without_missing_pairs()
    {
        int[] x = [0, 0, 1, 1, 2, -1, 2, 0, 2, 1], y = [1, 1, 0, 0, 1, 1, 0, 0, -5, 0];
        long[] table = [1, 2, 3, 0, 1, 1];
        Assert.Equal(CramersV.Test(table, 2), CramersV.Test(x, y));
        Assert.Equal(MutualInformation.Test(table, 2), MutualInformation.Test(x, y));
        Assert.Throws<ArgumentException>(() => CramersV.Test(x, [1]));
        Assert.Throws<ArgumentException>(() => CramersV.Test(table, 4));
    }
}
