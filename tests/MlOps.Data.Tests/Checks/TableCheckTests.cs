using FsCheck.Xunit;
using MlOps.Statistics;

namespace MlOps.Data.Tests.Checks;

public sealed class TableCheckTests
{
    [Property(MaxTest = 60)]
    public async Task Metrics_over_many_batches_are_those_of_the_whole(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, random.Next(5, 900)).Select(_ => random.Next(9) == 0 ? (double?)null : Math.Round((random.NextDouble() * 20) - 5, 1)).ToArray();
        var others = values.Select(value => (value ?? 0) + random.Next(9)).ToArray();
        var data = InBatches(values, others, random.Next(1, 200));
        var report = await DataChecks.Define("m", c => c
            .Column("n", n => n.Mean(0).StandardDeviation(0).Variance(0).Sum(0).Minimum(0).Maximum(0).Median(0).Quantile(0.9, 0).InterquartileRange(0)
                .Skewness(0).Kurtosis(0).ZeroShare(0).Entropy(0).DistinctCount(0).DistinctShare(0).UniqueShare(0).MostCommonShare(0).MissingShare(0)
                .ApproximateDistinctCount(0))
            .Correlation("n", "o", 0)
            .MutualInformation("n", "g", 0)
            .RowCount(0)).RunAsync(data);
        double[] present = [.. values.Where(value => value is not null).Select(value => value!.Value)];
        var (count, mean) = ((double)present.Length, present.Average());
        double Central(int power) => present.Sum(value => Math.Pow(value - mean, power)) / count;
        long[] counts = [.. present.GroupBy(value => value).Select(group => (long)group.Count())];
        double[] sorted = [.. present.Order()];
        double Rank(double probability) => sorted[(int)Math.Ceiling(probability * count) - 1];
        var pairs = Enumerable.Range(0, values.Length).Where(row => values[row] is not null).ToArray();
        double[] expected =
        [
            mean, Math.Sqrt(Central(2) * count / (count - 1)), Central(2) * count / (count - 1), present.Sum(), sorted[0], sorted[^1],
            Rank(0.5), Rank(0.9), Rank(0.75) - Rank(0.25), Central(3) / Math.Pow(Central(2), 1.5), (Central(4) / Math.Pow(Central(2), 2)) - 3,
            present.Count(value => value == 0) / count, counts.Sum(n => -n / count * Math.Log(n / count)), counts.Length, counts.Length / count,
            counts.Count(n => n == 1) / count, counts.Max() / count, 1 - (count / values.Length), counts.Length,
            Pearson.Test(pairs.Select(row => values[row]!.Value).ToArray(), pairs.Select(row => others[row]).ToArray()).Statistic,
            MutualInformation.Test(Codes(pairs.Select(row => values[row]!.Value)), Codes(pairs.Select(row => others[row] > 5 ? 1.0 : 0))).Statistic,
            values.Length,
        ];
        for (var i = 0; i < expected.Length; i++)
        {
            var result = report.Results[i];
            var tolerance = result.Name.StartsWith("approximate", StringComparison.Ordinal) ? 0.03 * expected[i] : 1e-9 * (1 + Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - result.Value!.Value) <= tolerance, $"{result.Name}: {result.Value}, expected {expected[i]}");
            Assert.Equal(result.Value >= 0, result.Passed);
        }
    }

    [Fact]
    public async Task Limits_are_inclusive_and_what_cannot_be_measured_fails()
    {
        var data = HeldRows.Of(("n", [1.0, 2.0, 3.0]), ("none", Enumerable.Repeat<object?>(null, 3)), ("s", ["a", "b", "b"]));
        var report = await Run(data, c => c
            .Column("n", n => n.Mean(2, 2).Mean(max: 1.9).Sum(min: 6.1).Skewness(0, 0))
            .Column("none", n => n.Mean(0).Sum(0, 0).MostCommonShare(0).Entropy(0).MissingShare(1).DistinctCount(max: 0))
            .Column("s", s => s.Mean(1))
            .Column("s", s => s.ContainsAll("a", "b").ContainsAll("a", "c", "d").MostCommonIn("b").MostCommonIn("a", "c"))
            .Correlation("n", "n", 0.999).Correlation("n", "none", -1));
        Assert.Equal(
            [true, false, false, true, false, true, false, false, true, true, false, true, false, true, false, true, false],
            report.Results.Select(result => result.Passed));
        Assert.Equal("mean 2", report.Results[0].Observed);
        Assert.Equal("no mean: too few values", report.Results[4].Observed);
        Assert.Equal("missing {c, d}", report.Results[12].Observed);
        Assert.Contains("too few pairs", report.Results[16].Observed, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DataChecks.Define("c", c => c.Column("n", n => n.Mean())));
        Assert.Throws<ArgumentException>(() => DataChecks.Define("c", c => c.Column("n", n => n.Mean(2, 1))));
    }

    [Property(MaxTest = 60)]
    public async Task A_constant_column_has_no_shape_and_no_correlation(int seed)
    {
        var random = new Random(seed);
        var value = Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-3, 9)), random.Next(1, 12));
        var rows = random.Next(2, 900);
        double?[] constant = [.. Enumerable.Repeat((double?)value, rows)];
        double[] others = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        var report = await Run(InBatches(constant, others, random.Next(1, 200)), c => c
            .Column("n", n => n.Skewness(-99, 99).Kurtosis(-99, 99).StandardDeviation(0, 0))
            .Correlation("n", "o", -1, 1).Correlation("o", "n", -1, 1));
        Assert.Equal([false, false, true, false, false], report.Results.Select(result => result.Passed));
        Assert.Equal("no skewness: all values are equal", report.Results[0].Observed);
        Assert.Equal("no correlation: a column is constant", report.Results[3].Observed);
    }

    [Fact]
    public async Task What_infinite_values_leave_unknown_is_said_to_be_so()
    {
        var data = HeldRows.Of(("n", [1.0, double.PositiveInfinity, double.NegativeInfinity]), ("o", [1.0, 2.0, 3.0]));
        var report = await Run(data, c => c
            .Column("n", n => n.Mean(0).StandardDeviation(0).InterquartileRange(0).Kurtosis(0)).Correlation("n", "o", 0));
        Assert.All(report.Results.Where(result => !result.Name.StartsWith("interquartile", StringComparison.Ordinal)), result =>
        {
            Assert.False(result.Passed);
            Assert.EndsWith(": infinite values", result.Observed, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_was_measured_is_shown_in_digits_that_tell_it_from_the_limit()
    {
        var report = await Run(HeldRows.Of(("n", [1234567.0, 0.30000000001])), c => c
            .Column("n", n => n.Maximum(max: 1234566).Minimum(max: 0.3).Minimum(max: 0.4)).RowCount(2, 2));
        Assert.Equal(
            ["maximum 1234567", "minimum 0.30000000001", "minimum 0.3", "2 rows"], report.Results.Select(result => result.Observed));
    }

    [Fact]
    public async Task Columns_are_checked_without_reading_a_row()
    {
        var data = new Dataset("unread", new UnreadableSource(HeldRows.Of(("one", [1.0]), ("two", [2.0]), ("three", [3.0]))));
        var report = await Run(data, c => c
            .ColumnCount(3, 3).ColumnCount(max: 2)
            .ColumnSet(["two", "one", "three"]).ColumnSet(["one", "two", "three"], ordered: true).ColumnSet(["two", "one", "three"], ordered: true)
            .ColumnSet(["one"], exact: false).ColumnSet(["one", "tow"]).ColumnSet(["one", "three"], exact: false, ordered: true)
            .Column("two", two => two.OfType(ColumnKind.Number).OfType(ColumnKind.Text)));
        Assert.Equal([true, false, true, true, false, true, false, true, true, false], report.Results.Select(result => result.Passed));
        Assert.Equal("the order is one, two, three", report.Results[4].Observed);
        Assert.Equal("tow is missing; there is two; not expected: two, three", report.Results[6].Observed);
        Assert.Equal(0, report.RowCount);
    }

    [Fact]
    public async Task Table_checks_have_one_finding_for_each_segment()
    {
        var data = HeldRows.Of(
            ("n", [1.0, 10.0, 2.0, null, 3.0, 30.0]),
            ("s", ["a", "b", "a", "b", null, "b"]));
        var report = await Run(data, c => c
            .Column("n", n => n.Mean(0, 15).ForEach("s").Mean(0, 25).ForEach("s").Mean(20, 20).When("s = 'b'").NotNull().ForEach("s").Mostly(0.6))
            .ForEach("s", each => each.RowCount(min: 2).Column("n", n => n.Sum(0, 100)))
            .When("n > 1", when => when.RowCount(4, 4)));
        Assert.Equal([false, true, true, true, false, true, true], report.Results.Select(result => result.Passed));
        Assert.Equal([("a", 1.5, true), ("b", 20.0, false), (null, 3.0, true)], report.Results[0].Segments.Select(segment => (segment.Key, segment.Value!.Value, segment.Passed)));
        Assert.Equal("1 of 3 segments wrong: b: mean 20", report.Results[0].Observed);
        Assert.Equal([("a", 0L, 2L), ("b", 1L, 3L), (null, 0L, 1L)], report.Results[3].Segments.Select(segment => (segment.Key, segment.Failed, segment.Evaluated)));
        Assert.Equal("1 of 3 segments wrong: missing: 1 rows", report.Results[4].Observed);
        Assert.Equal("mean in [0, 15], for each s", report.Results[0].Name);
        Assert.Equal("mean in [20, 20], when s = 'b'", report.Results[2].Name);
        Assert.Contains("b: mean 20", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_segments_are_refused_in_words()
    {
        var data = Dataset.FromEnumerable("many", Enumerable.Range(0, 2000), c => c.Column("id", i => (long)i));
        var report = await Run(data, c => c.Column("id", id => id.NotNull().ForEach("id")));
        Assert.Contains("more than 1000 different values", Assert.Single(report.Failures).Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Severities_decide_whether_the_report_passes_and_conditions_nest()
    {
        var data = HeldRows.Of(("n", [1.0, 2.0, 3.0]), ("s", ["a", "b", "b"]));
        var warned = await Run(data, c => c.Column("n", n => n.AtMost(1).AsWarning()));
        Assert.True(warned.Passed);
        Assert.Equal(0, await warned.Quarantine().Bad.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await warned.Quarantine(includeWarnings: true).Bad.CountAsync(TestContext.Current.CancellationToken));
        var report = await Run(data, c => c
            .Column("n", n => n.AtMost(1))
            .RowCount(5).AsCritical().Named("enough rows")
            .When("n > 1", when => when.Column("n", n => n.AtMost(2).When("s = 'b'"))));
        Assert.False(report.Passed);
        Assert.Equal(["enough rows", "≤ 1", "≤ 2, when (n > 1) and (s = 'b')"], report.Failures.Select(failure => failure.Name));
        Assert.Equal((2, 1), (report.Failures[2].Evaluated, report.Failures[2].Failed));
        Assert.StartsWith("CRITICAL: enough rows: 3 rows", report.Failures[0].ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => DataChecks.Define("c", c => c.AsCritical()));
        Assert.Throws<InvalidOperationException>(() => DataChecks.Define("c", c => c.ForEach("a", each => each.RowCount(1).ForEach("b"))));
    }

    private static Task<CheckReport> Run(Dataset data, Action<DataChecksBuilder> checks) =>
        DataChecks.Define("c", checks).RunAsync(data, TestContext.Current.CancellationToken);

    private static int[] Codes(IEnumerable<double> values)
    {
        Dictionary<double, int> codes = [];
        return [.. values.Select(value => codes.TryGetValue(value, out var code) ? code : codes[value] = codes.Count)];
    }

    private static Dataset InBatches(double?[] values, double[] others, int size)
    {
        var data = HeldRows.Of(
            ("n", values.Select(value => (object?)value)),
            ("o", others.Select(value => (object?)value)),
            ("g", others.Select(value => (object?)(value > 5 ? "high" : "low"))));
        return new Dataset("batches", new SmallBatches(data, size));
    }
}
