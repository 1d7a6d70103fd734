using System.Globalization;

namespace MlOps.Statistics.Tests.Drift;

public sealed class CalibratedVerdictTests
{
    private static readonly DriftOptions Evidence = new()
    {
        MinimumEffect = 0,
        MinimumSpreadChange = 0,
        MinimumRepeatedValueChange = 0,
        MinimumShare = 0,
        MinimumMissingRateChange = 0,
    };

    [Theory]
    [InlineData(DriftColumnKind.Numeric)]
    [InlineData(DriftColumnKind.Categorical)]
    [InlineData(DriftColumnKind.Boolean)]
    [InlineData(DriftColumnKind.DateTime)]
    [InlineData(DriftColumnKind.TextLength)]
    public void One_extreme_value_changes_no_verdict_of_any_kind(DriftColumnKind kind)
    {
        foreach (var moved in new[] { false, true })
        {
            var clean = Column(kind, 3, moved: false, extreme: false);
            var verdict = DriftTest.Between(clean, Column(kind, 4, moved, extreme: false)).HasDrift;
            Assert.Equal(moved, verdict);
            Assert.Equal(verdict, DriftTest.Between(clean, Column(kind, 4, moved, extreme: true)).HasDrift);
            Assert.Equal(verdict, DriftTest.Between(Column(kind, 3, moved: false, extreme: true), Column(kind, 4, moved, extreme: false)).HasDrift);
        }
    }

    [Theory]
    [InlineData(5, 5, 3)]
    [InlineData(4, 7, 2)]
    [InlineData(3, 8, 4)]
    [InlineData(7, 5, 5)]
    public void Given_ties_the_distance_of_numbers_and_their_range_have_the_chances_of_all_splits(int n, int m, int levels)
    {
        var draws = new Draws((ulong)((n * 100) + (m * 10) + levels));
        for (var trial = 0; trial < 10; trial++)
        {
            double[] pooled = [.. Enumerable.Range(0, n + m).Select(_ => (double)draws.Below(levels))];
            var found = DriftTest.Numeric("x", pooled.AsSpan(0, n), pooled.AsSpan(n));
            int splits = 0, reached = 0;
            for (var mask = 0; mask < 1 << (n + m); mask++)
            {
                if (int.PopCount(mask) == n)
                {
                    double[] x = [.. pooled.Where((_, i) => (mask >> i & 1) == 1)], y = [.. pooled.Where((_, i) => (mask >> i & 1) == 0)];
                    splits++;
                    reached += KolmogorovSmirnov.Test(x, y).Statistic >= found.Effect - 1e-9 ? 1 : 0;
                }
            }

            Assert.Equal((double)reached / splits, found.PValue, 1e-11);
        }

        double[] distinct = [.. Enumerable.Range(0, n + m).Select(i => (double)i)];
        var current = distinct[..2].Concat(distinct[(n + 2)..]).ToArray();
        var outside = DriftTest.Numeric("x", distinct.AsSpan(2, n), current).Findings.Single(finding => finding.Kind == DriftFindingKind.Range);

        // All m lie beyond the two ends where the reference is contiguous: in m + 1 of the arrangements.
        Assert.Equal((m + 1) / Choose(n + m, n), outside.PValue, 1e-12);
    }

    [Fact]
    public void A_scaled_walk_agrees_with_the_exact_one_where_it_takes_over()
    {
        // Two samples of 30,001 and twice the rows per value of samples of 30,000 have nearly the same scaled distance and chance.
        static double P(int copies, int more)
        {
            var x = Enumerable.Range(0, copies).Select(i => (double)(i % 5)).ToArray();
            var y = Enumerable.Range(0, copies).Select(i => i < more ? 4.0 : i % 5).ToArray();
            return DriftTest.Numeric("x", x, y).PValue;
        }

        Assert.InRange(P(120_000, 1600) / P(30_000, 800), 0.93, 1.07);
    }

    [Fact]
    public void Small_lasting_changes_are_found_at_twenty_thousand_rows()
    {
        var draws = new Draws(12);
        double[] x = draws.Normals(20_000), wider = draws.Normals(20_000, 0, 1.1), stuck = draws.Normals(20_000);
        for (var i = 0; i < 400; i++)
        {
            stuck[i * 50] = 0;
        }

        Assert.Equal(DriftFindingKind.Spread, Assert.Single(DriftTest.Numeric("x", x, wider).Findings, finding => finding.HasDrift).Kind);
        var piled = DriftTest.Numeric("x", x, stuck);
        Assert.Equal(DriftFindingKind.RepeatedValue, Assert.Single(piled.Findings, finding => finding.HasDrift).Kind);
        Assert.Contains("the value 0 holds 2% of the rows", piled.Reason, StringComparison.OrdinalIgnoreCase);

        double[] fares = [.. draws.Normals(20_000).Select(Math.Exp)], dearer = [.. draws.Normals(20_000).Select(v => 1.2 * Math.Exp(v))];
        Assert.True(DriftTest.Numeric("fare", fares, dearer).HasDrift);

        var known = Enumerable.Range(0, 20_000).Select(_ => "c" + draws.Below(20)).ToArray();
        var now = Enumerable.Range(0, 20_000).Select(i => i % 100 == 0 ? "new" : "c" + draws.Below(20)).ToArray();
        var brandNew = DriftTest.Categorical("c", known, now);
        Assert.Equal(DriftFindingKind.NewCategories, Assert.Single(brandNew.Findings, finding => finding.HasDrift).Kind);
        Assert.Contains("'new'", brandNew.Reason, StringComparison.Ordinal);
        Assert.Equal(DriftFindingKind.VanishedCategories, Assert.Single(DriftTest.Categorical("c", now, known).Findings, finding => finding.HasDrift).Kind);
        Assert.Contains(
            DriftTest.Numeric("x", x, [.. x.Select(v => v * 100)]).Findings, finding => finding is { Kind: DriftFindingKind.Range, HasDrift: true });
    }

    [Fact]
    public void A_missing_rate_counts_by_its_change_and_a_rare_one_by_its_factor_where_that_is_asked_for()
    {
        static double[] Holes(int rows, int missing) => [.. Enumerable.Range(0, rows).Select(i => i < missing ? double.NaN : i)];

        var slight = DriftTest.Numeric("x", Holes(10_000, 3257), Holes(10_000, 3123));
        Assert.True(slight.MissingPValue < 0.05);
        Assert.DoesNotContain(slight.Findings, finding => finding.Kind == DriftFindingKind.MissingRate && finding.HasDrift);

        double[] none = Holes(20_000, 0), some = Holes(20_000, 100);
        Assert.DoesNotContain(DriftTest.Numeric("x", none, some).Findings, finding => finding.HasDrift);
        var factor = new DriftOptions { MinimumMissingRateFactor = 4 };
        Assert.True(DriftTest.Numeric("x", none, some, factor).HasDrift);
        Assert.DoesNotContain(
            DriftTest.Numeric("x", Holes(10_000, 3257), Holes(10_000, 3123), factor).Findings,
            finding => finding.Kind == DriftFindingKind.MissingRate && finding.HasDrift);
        Assert.True(DriftTest.Numeric("x", none, some, new DriftOptions { MinimumMissingRateChange = 0.005 }).HasDrift);
    }

    [Fact]
    public void Tables_of_different_columns_and_types_are_compared_without_dropping_any()
    {
        string?[] numbers = [.. Enumerable.Range(0, 400).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        string?[] broken = [.. numbers.Select((text, i) => i % 10 == 0 ? "N/A" : text)];
        var day = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
        var report = DriftReport.Between(
            [DriftColumn.Parse("amount", numbers), DriftColumn.Parse("gone", ["x", "y"]), DriftColumn.DateTime("at", Times(0))],
            [DriftColumn.DateTime("at", Times(90)), DriftColumn.Parse("amount", broken), DriftColumn.Parse("added", ["true", "false"])]);

        Assert.Equal(["amount", "gone", "at", "added"], report.Columns.Select(column => column.Column));
        Assert.Contains("10% of the values are no number, such as 'N/A'", report.Columns[0].Reason, StringComparison.Ordinal);
        Assert.Contains("is gone", report.Columns[1].Reason, StringComparison.Ordinal);
        Assert.False(report.Columns[2].HasDrift, report.Columns[2].Reason);
        Assert.Contains("hour of the day", report.Columns[2].Reason, StringComparison.Ordinal);
        Assert.Contains("is new", report.Columns[3].Reason, StringComparison.Ordinal);
        Assert.Equal(3, report.DriftedColumns.Count);

        IEnumerable<DateTime?> Times(int later) => Enumerable.Range(0, 700).Select(i => (DateTime?)day.AddDays(later + (i % 7)).AddHours(i % 24));
    }

    [Theory]
    [InlineData("1,2.5,", DriftColumnKind.Numeric)]
    [InlineData("true,False,", DriftColumnKind.Boolean)]
    [InlineData("2026-01-02,2026-01-03 10:00", DriftColumnKind.DateTime)]
    [InlineData("red,blue,1", DriftColumnKind.Categorical)]
    public void Text_is_read_as_the_narrowest_kind(string values, DriftColumnKind kind) =>
        Assert.Equal(kind, DriftColumn.Parse("c", values.Split(',')).Kind);

    [Fact]
    public void The_smallest_detectable_shift_is_found_in_four_of_five_samples()
    {
        var draws = new Draws(44);
        var options = new DriftOptions { MinimumEffect = 0, Correction = MultipleTestingCorrection.None };
        var effect = DriftTest.Numeric("x", draws.Normals(600), draws.Normals(600), options).SmallestDetectableEffect;

        // A normal column moved by s has the KS distance 2Φ(s / 2) - 1.
        double low = 0, high = 2;
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            (low, high) = 1 - 2 * 0.5 * Erfc(middle / 2 / Math.Sqrt(2)) < effect ? (middle, high) : (low, middle);
        }

        var found = 0;
        for (var trial = 0; trial < 300; trial++)
        {
            found += DriftTest.Numeric("x", draws.Normals(600), draws.Normals(600, high), options).PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(found, 225, 285);

        static double Erfc(double z)
        {
            var (sum, term) = (0.0, 2 * z / Math.Sqrt(Math.PI));
            for (var k = 0; k < 60; k++)
            {
                sum += term / ((2 * k) + 1);
                term *= -z * z / (k + 1);
            }

            return 1 - sum;
        }
    }

    [Theory]
    [InlineData(CountDistance.PopulationStabilityIndex)]
    [InlineData(CountDistance.JensenShannon)]
    [InlineData(CountDistance.Hellinger)]
    [InlineData(CountDistance.Wasserstein)]
    public void A_calibrated_distance_raises_five_percent_of_alarms_without_drift(CountDistance distance)
    {
        var draws = new Draws(9);
        var alarms = 0;
        for (var trial = 0; trial < 1000; trial++)
        {
            long[] x = Multinomial(draws, 300, 12), y = Multinomial(draws, 150, 12);
            alarms += CalibratedDistance.PValue(distance, x, y, 99, (ulong)trial) <= 0.05 ? 1 : 0;
        }

        Assert.InRange(alarms, 30, 72);
        Assert.Equal(
            CalibratedDistance.Threshold(distance, [500, 300, 200], [60, 30, 10]), CalibratedDistance.Threshold(distance, [500, 300, 200], [60, 30, 10]));
        Assert.True(CalibratedDistance.PValue(distance, [500, 300, 200], [20, 30, 50]) < 0.01);
        Assert.Equal(1, CalibratedDistance.PValue(distance, [5, 3], [0, 0]));
    }

    [Fact]
    public void A_wasserstein_distance_reaches_its_threshold_as_often_as_its_p_value_says()
    {
        var draws = new Draws(21);
        double[] x = draws.Normals(200), near = draws.Normals(100), far = draws.Normals(100, 0.6);
        foreach (var y in new[] { near, far })
        {
            var result = CalibratedDistance.Wasserstein(x, y);
            Assert.Equal(result.Statistic > CalibratedDistance.WassersteinThreshold(x, y), result.PValue <= 0.05);
        }

        Assert.True(CalibratedDistance.Wasserstein(x, far).PValue <= 0.005);
        Assert.Equal(1, CalibratedDistance.Wasserstein(x, []).PValue);
    }

    [Theory]
    [InlineData(3, 40)]
    [InlineData(500, 500)]
    public void Discrete_numbers_and_shares_hold_their_level(int levels, int n)
    {
        var draws = new Draws((ulong)(levels + n));
        int numbers = 0, shares = 0;
        for (var trial = 0; trial < 1000; trial++)
        {
            double[] x = Sample(), y = Sample();
            numbers += DriftTest.Numeric("x", x, y, Evidence).PValue <= 0.05 ? 1 : 0;
            shares += DriftTest.Boolean("b", x.Select(v => (bool?)(v < levels / 3.0)), y.Select(v => (bool?)(v < levels / 3.0)), Evidence).PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(numbers, 22, 68);
        Assert.InRange(shares, 22, 75);

        double[] Sample() => [.. Enumerable.Range(0, n * 5).Select(_ => (double)draws.Below(levels))];
    }

    private static DriftColumn Column(DriftColumnKind kind, ulong seed, bool moved, bool extreme)
    {
        var draws = new Draws(seed);
        var values = draws.Normals(2000, moved ? 1 : 0);
        var monday = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
        return kind switch
        {
            DriftColumnKind.Numeric => DriftColumn.Numeric("x", extreme ? [1e308, .. values] : values),
            DriftColumnKind.Categorical => DriftColumn.Categorical("x", With("never seen", values.Select(v => v < 0 ? "low" : v < 1 ? "middle" : "high"))),
            DriftColumnKind.Boolean => DriftColumn.Boolean("x", With<bool?>(true, values.Select(v => (bool?)(v < 0)))),
            DriftColumnKind.DateTime => DriftColumn.DateTime(
                "x", With<DateTime?>(DateTime.MaxValue, values.Select((v, i) => (DateTime?)monday.AddDays(i % 7).AddHours(12 + Math.Clamp(2 * v, -11, 11))))),
            _ => DriftColumn.TextLength("x", With(new string('x', 1_000_000), values.Select(v => new string('a', (int)(100 + (20 * v)))))),
        };

        IEnumerable<T> With<T>(T value, IEnumerable<T> others) => extreme ? others.Prepend(value) : others;
    }

    private static long[] Multinomial(Draws draws, int count, int cells)
    {
        var counts = new long[cells];
        for (var i = 0; i < count; i++)
        {
            counts[draws.Below(cells)]++;
        }

        return counts;
    }

    private static double Choose(int n, int k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;
}
