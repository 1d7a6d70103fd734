namespace MlOps.Statistics.Tests.Drift;

public sealed class DriftVerdictTests
{
    [Fact]
    public void One_value_of_1e308_changes_no_verdict()
    {
        var draws = new Draws(5);
        foreach (var shift in new[] { 0.0, 1.0 })
        {
            double[] x = draws.Normals(5000), y = draws.Normals(3000, shift);
            var clean = Fitted(x, y);
            Assert.Equal(shift > 0, clean.HasDrift);
            Assert.Equal(shift > 0, Fitted([.. x, 1e308], y).HasDrift);
            Assert.Equal(shift > 0, Fitted(x, [.. y, 1e308]).HasDrift);
            Assert.InRange(Fitted([.. x, 1e308], y).Effect, clean.Effect - 0.001, clean.Effect + 0.001);
        }
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(1000, 200)]
    [InlineData(200, 1000)]
    public void Without_drift_a_table_raises_an_alarm_in_at_most_six_percent_of_trials(int n, int m)
    {
        const int Trials = 1000;
        var draws = new Draws((ulong)((n * 7919) + m));
        var alarms = 0;
        var options = new DriftOptions { MinimumEffect = 0, MinimumMissingRateChange = 0 };
        for (var trial = 0; trial < Trials; trial++)
        {
            var columns = new List<ColumnDrift> { DriftTest.Numeric("n", draws.Normals(n), draws.Normals(m), options) };
            foreach (var categories in new[] { 5, 20, 100, 500 })
            {
                columns.Add(Categories(draws, n, m, categories, options));
            }

            alarms += DriftReport.Of(columns, options).HasDrift ? 1 : 0;
        }

        Assert.InRange(alarms, 1, Trials * 6 / 100);
    }

    [Theory]
    [InlineData(500, 500, 500)]
    [InlineData(200, 1000, 500)]
    [InlineData(1000, 200, 100)]
    [InlineData(500, 500, 5)]
    public void Without_drift_one_categorical_column_is_flagged_in_about_five_percent_of_trials(int n, int m, int categories)
    {
        var draws = new Draws((ulong)(n + (3 * m) + (7 * categories)));
        var options = new DriftOptions { MinimumEffect = 0, MinimumMissingRateChange = 0 };
        var values = 0;
        for (var trial = 0; trial < 1000; trial++)
        {
            values += Categories(draws, n, m, categories, options).PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(values, 20, 68);
    }

    [Fact]
    public void Without_drift_large_tables_of_many_categories_stay_quiet()
    {
        var draws = new Draws(8);
        var alarms = 0;
        for (var trial = 0; trial < 60; trial++)
        {
            alarms += Categories(draws, 50_000, 5_000, 500, new DriftOptions()).HasDrift ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 6);
    }

    [Fact]
    public void Real_changes_are_seen()
    {
        var draws = new Draws(9);
        double[] x = draws.Normals(2000);
        Assert.True(Fitted(x, draws.Normals(1000, 1)).HasDrift);
        Assert.True(Fitted(x, draws.Normals(1000, -1)).HasDrift);
        var wider = new DriftOptions { MinimumEffect = 0.02 };
        Assert.True(DriftTest.Numeric("x", draws.Normals(20_000), draws.Normals(20_000, 0, 1.3), wider).HasDrift);

        var brandNew = DriftTest.Categorical(
            "c", Enumerable.Range(0, 1000).Select(i => "c" + (i % 5)),
            Enumerable.Range(0, 1000).Select(i => i % 20 == 0 ? "new" : "c" + (i % 5)), new DriftOptions { MinimumEffect = 0.04 });
        Assert.True(brandNew.HasDrift);
        Assert.Equal(["new"], brandNew.NewCategories);

        double[] holes = [.. x.Select((v, i) => i % 20 == 0 ? double.NaN : v)];
        var missing = Fitted(x, holes);
        Assert.True(missing.HasDrift);
        Assert.Equal(0.05, missing.CurrentMissingRate, 1e-12);
        Assert.Contains("missing", missing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pass_says_what_it_could_have_seen_and_an_empty_side_is_no_drift()
    {
        double[] x = new Draws(10).Normals(1000);
        var pass = Fitted(x, x);
        Assert.False(pass.HasDrift);
        Assert.InRange(pass.SmallestDetectableEffect, 0.070, 0.072);
        Assert.Contains("would have been flagged", pass.Reason, StringComparison.Ordinal);

        var empty = Fitted(x, []);
        Assert.False(empty.HasDrift);
        Assert.True(double.IsNaN(empty.Statistic));
        Assert.Equal(1, empty.PValue);
        Assert.Contains("current sample has none", empty.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_corrects_over_value_and_missing_tests_of_all_columns()
    {
        var draws = new Draws(11);
        var baseline = FittedBaseline.Read(new FittedBaseline(
        [
            new("still", FittedReference.FitNumeric(draws.Normals(1000))),
            new("moved", FittedReference.FitNumeric(draws.Normals(1000))),
        ]).ToArray());
        var sample = baseline.StartSample();
        sample["still"].Add(draws.Normals(1000));
        sample["moved"].Add(draws.Normals(999, 1));
        sample["moved"].Add(double.NaN);
        var report = sample.Compare();

        Assert.Equal(["still", "moved"], report.Columns.Select(c => c.Column));
        Assert.Equal("moved", Assert.Single(report.DriftedColumns).Column);
        Assert.Equal(Math.Min(1, report.Columns[1].PValue * 3), report.Columns[1].AdjustedPValue, 1e-12);
        Assert.Contains("1 of 2 columns drifted", report.ToString(), StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => baseline["none"]);
    }

    private static ColumnDrift Fitted(double[] x, double[] y)
    {
        var sample = FittedReference.FitNumeric(x).StartSample();
        sample.Add(y);
        return sample.Compare();
    }

    private static ColumnDrift Categories(Draws draws, int n, int m, int categories, DriftOptions options)
    {
        var names = Names(categories);
        var reference = Enumerable.Range(0, n).Select(_ => names[draws.Below(categories)]).ToArray();
        var current = Enumerable.Range(0, m).Select(_ => names[draws.Below(categories)]).ToArray();
        return DriftTest.Categorical("c" + categories, reference, current, options);
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => "c" + i)];
}
