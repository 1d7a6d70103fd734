namespace MlOps.Statistics.Tests.Drift;

public sealed class FittedVerdictTests
{
    [Theory]
    [InlineData(900)]
    [InlineData(3000)]
    [InlineData(20_000)]
    public void A_fitted_reference_and_both_samples_at_hand_give_one_verdict(int n)
    {
        var draws = new Draws((ulong)n);
        var x = draws.Normals(n);
        foreach (var (name, y) in Scenarios(draws, n))
        {
            var direct = DriftTest.Numeric("x", x, y);
            var fitted = Fitted(x, y);
            Assert.True(direct.HasDrift == fitted.HasDrift, $"{name}: {direct.Reason} Fitted: {fitted.Reason}");
            Assert.Equal(direct.Findings.Select(finding => finding.Kind), fitted.Findings.Select(finding => finding.Kind));
            foreach (var (plain, kept) in direct.Findings.Zip(fitted.Findings))
            {
                // Spread and repeated values are seen through the cells.
                if (plain.Kind is DriftFindingKind.Range or DriftFindingKind.MissingRate)
                {
                    Assert.Equal((plain.PValue, plain.Effect, plain.Facts), (kept.PValue, kept.Effect, kept.Facts));
                }
                else if (plain.Kind is DriftFindingKind.Values)
                {
                    Assert.InRange(kept.Effect, plain.Effect - 0.01, plain.Effect + 0.01);
                }
            }
        }
    }

    [Theory]
    [InlineData(900, DriftFindingKind.Spread, 4)]
    [InlineData(20_000, DriftFindingKind.Spread, 1.15)]
    [InlineData(20_000, DriftFindingKind.RepeatedValue, 0)]
    [InlineData(20_000, DriftFindingKind.Range, 0)]
    public void A_fitted_reference_finds_what_the_distance_hardly_sees(int n, DriftFindingKind kind, double deviation)
    {
        var draws = new Draws(31);
        double[] y = kind switch
        {
            DriftFindingKind.Spread => draws.Normals(n, 0, deviation),
            DriftFindingKind.RepeatedValue => [.. draws.Normals(n).Select((v, i) => i % 50 == 0 ? 0 : v)],
            _ => [.. draws.Normals(n).Select((v, i) => i % 100 == 0 ? 50 : v)],
        };
        Assert.Contains(Fitted(draws.Normals(n), y).Findings, finding => finding.Kind == kind && finding.HasDrift);
    }

    [Fact]
    public void Few_distinct_values_give_the_findings_of_the_samples_themselves()
    {
        var draws = new Draws(5);
        for (var trial = 0; trial < 40; trial++)
        {
            double[] x = Sample(300 + draws.Below(900), 0), y = Sample(200 + draws.Below(900), trial % 4 == 0 ? 0.4 : 0);
            var direct = DriftTest.Numeric("x", x, y);
            var fitted = Fitted(x, y);
            Assert.Equal(direct.Findings[0].PValue, fitted.Findings[0].PValue, 1e-12);
            Assert.Equal(direct.Findings[0].Effect, fitted.Findings[0].Effect, 1e-12);
            Assert.Equal(direct.Findings[1].Effect, fitted.Findings[1].Effect, 1e-12);
            Assert.Equal(direct.HasDrift, fitted.HasDrift);
        }

        double[] Sample(int count, double shift) => [.. draws.Normals(count, shift).Select(v => Math.Round(v))];
    }

    [Theory]
    [InlineData(300, 300, false)]
    [InlineData(200, 1000, false)]
    [InlineData(2000, 500, false)]
    [InlineData(500, 500, true)]
    public void Without_drift_a_fitted_column_is_flagged_no_more_often_than_it_may(int n, int m, bool rounded)
    {
        const int Trials = 600;
        var draws = new Draws((ulong)((n * 13) + m));
        var options = new DriftOptions { MinimumEffect = 0, MinimumSpreadChange = 0, MinimumRepeatedValueChange = 0, MinimumShare = 0 };
        int values = 0, any = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var column = Fitted(Sample(n), Sample(m), options);
            values += column.PValue <= 0.05 ? 1 : 0;
            any += column.HasDrift ? 1 : 0;
        }

        // Four standard errors around 5 %, and above it.
        Assert.InRange(values, Trials * 15 / 1000, Trials * 86 / 1000);
        Assert.InRange(any, 1, Trials * 86 / 1000);

        double[] Sample(int count) => rounded ? [.. draws.Normals(count).Select(v => Math.Round(v, 1))] : draws.Normals(count);
    }

    [Fact]
    public void A_frequent_value_may_change_by_points_where_a_new_one_may_not()
    {
        double[] week = Days(2800, 0), later = Days(2800, 56);
        Assert.False(Fitted(week, later).HasDrift, Fitted(week, later).Reason);
        Assert.False(DriftTest.Numeric("day", week, later).HasDrift);
        double[] stuck = [.. week.Select((day, i) => i % 50 == 0 ? 2.5 : day)];
        foreach (var column in new[] { Fitted(week, stuck), DriftTest.Numeric("day", week, stuck) })
        {
            var found = Assert.Single(column.Findings, finding => finding.HasDrift);
            Assert.Equal(DriftFindingKind.RepeatedValue, found.Kind);
        }

        // Mondays give way to Tuesdays.
        static double[] Days(int count, int moved) => [.. Enumerable.Range(0, count).Select(i => i % 7 == 0 && i / 7 < moved ? 1.0 : i % 7)];
    }

    [Fact]
    public void A_cell_counts_as_tied_only_where_it_holds_one_value()
    {
        var draws = new Draws(17);
        double[] x = draws.Normals(400), y = draws.Normals(700);
        Assert.Equal("Kolmogorov–Smirnov", Fitted(x, y).TestName);
        Assert.Equal(DriftTest.Numeric("x", x, y).PValue, Fitted(x, y).PValue, 1e-12);
        x[..40].AsSpan().Fill(0.5);
        y[..70].AsSpan().Fill(0.5);
        Assert.Equal("Kolmogorov–Smirnov", Fitted(x, y).TestName);
    }

    [Fact]
    public void The_moments_of_the_chi_squared_statistic_are_those_over_all_splits()
    {
        long[] totals = [3, 4, 5];
        double n = 5, rows = totals.Sum(), all = 0, mean = 0, square = 0;
        for (var a = 0L; a <= 3; a++)
        {
            for (var b = 0L; b <= 4; b++)
            {
                var c = (long)n - a - b;
                if (c is < 0 or > 5)
                {
                    continue;
                }

                var ways = Choose(3, a) * Choose(4, b) * Choose(5, c);
                long[] x = [a, b, c], y = [3 - a, 4 - b, 5 - c];
                var statistic = ChiSquared.Homogeneity(x, y).Statistic;
                (all, mean, square) = (all + ways, mean + (ways * statistic), square + (ways * statistic * statistic));
            }
        }

        mean /= all;
        var (expected, variance) = SparseCategories.Moments(totals, n, rows - n);
        Assert.Equal(mean, expected, 1e-12);
        Assert.Equal((square / all) - (mean * mean), variance, 1e-12);
    }

    private static double Choose(long n, long k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;

    private static IEnumerable<(string Name, double[] Sample)> Scenarios(Draws draws, int n)
    {
        yield return ("nothing", draws.Normals(n));
        yield return ("mean +1", draws.Normals(n, 1));
        yield return ("mean -1", draws.Normals(n, -1));
        yield return ("sd 1 to 1.3", draws.Normals(n, 0, 1.3));
        yield return ("one value of 1e9", [1e9, .. draws.Normals(n)]);
        yield return ("one value of 1e308 and mean +1", [1e308, .. draws.Normals(n, 1)]);
        yield return ("one infinity", [double.NegativeInfinity, .. draws.Normals(n)]);
        yield return ("x100", [.. draws.Normals(n).Select(v => 100 * v)]);
        yield return ("3 % stuck at 0", [.. draws.Normals(n).Select((v, i) => i % 33 == 0 ? 0 : v)]);
        yield return ("all stuck", [.. Enumerable.Repeat(0.1, n)]);
        yield return ("5 % missing", [.. draws.Normals(n).Select((v, i) => i % 20 == 0 ? double.NaN : v)]);
        yield return ("3 % out of range", [.. draws.Normals(n).Select((v, i) => i % 33 == 0 ? 20 + v : v)]);
        yield return ("empty", []);
    }

    private static ColumnDrift Fitted(double[] x, double[] y, DriftOptions? options = null)
    {
        var sample = FittedReference.Read(FittedReference.FitNumeric(x).ToArray()).StartSample();
        sample.Add(y);
        return sample.Compare(options);
    }
}
