namespace MlOps.Data.Tests;

public sealed class DataProfileTests
{
    [Fact]
    public async Task A_profile_describes_numbers_texts_booleans_and_times_in_one_pass()
    {
        var token = TestContext.Current.CancellationToken;
        var profile = await DatasetTests.Numbered(10_000).ProfileAsync(cancellationToken: token);
        Assert.Equal(10_000, profile.RowCount);
        Assert.Equal(["n", "half", "text", "even", "at"], profile.Columns.Select(column => column.Name));
        var n = profile["n"];
        Assert.Equal((ColumnKind.Number, 10_000L, 0L, 0.0, 9_999.0, 4_999.5), (n.Type, n.Count, n.MissingCount, n.Minimum, n.Maximum, n.Mean));
        Assert.Equal(Math.Sqrt(10_000.0 * 10_001 / 12), n.StandardDeviation!.Value, 1e-6);
        Assert.InRange(n.Distinct!.Value, 9_700, 10_000);
        foreach (var (probability, value) in n.Quantiles)
        {
            Assert.InRange(value / 10_000, probability - 0.03, probability + 0.03);
        }

        Assert.Equal(21, n.Histogram!.Edges.Count);
        Assert.Equal(10_000, n.Histogram.Counts.Sum(), 1e-6);
        Assert.All(n.Histogram.Counts, count => Assert.InRange(count, 100, 900));
        Assert.Equal(1_429, profile["half"].MissingCount);
        var text = profile["text"];
        Assert.Equal((8_000L, 2_000L, 3L, 2, 2), (text.Count, text.MissingCount, text.Distinct, text.MinLength, text.MaxLength));
        var expected = Enumerable.Range(0, 10_000).Where(i => i % 5 != 0).CountBy(i => $"t{i % 3}").OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        Assert.Equal(expected.Select(pair => (pair.Key, (long)pair.Value)), text.TopValues.Select(value => (value.Value, value.Count)));
        Assert.Equal((0.5, 2L), (profile["even"].TrueShare, profile["even"].Distinct));
        Assert.Equal(TimeSpan.FromHours(9_999), profile["at"].Latest - profile["at"].Earliest);
        Assert.Equal(ErrorCodes.ColumnNotFound, Assert.Throws<MlOpsException>(() => profile["halv"]).Code);
    }

    [Fact]
    public async Task Profiles_of_two_parts_merge_into_the_profile_of_the_whole()
    {
        var token = TestContext.Current.CancellationToken;
        var data = DatasetTests.Numbered(5_000);
        var whole = await data.ProfileAsync(cancellationToken: token);
        var early = await data.Take(1_234).ProfileAsync(cancellationToken: token);
        var late = await data.Where(row => row.Number("n") >= 1_234, "n").ProfileAsync(cancellationToken: token);
        var merged = DataProfile.Merge(early, late);
        Assert.Equal(whole.RowCount, merged.RowCount);
        foreach (var (left, right) in whole.Columns.Zip(merged.Columns))
        {
            Assert.Equal(
                (left.Name, left.Count, left.MissingCount, left.Distinct, left.Minimum, left.Maximum, left.MinLength, left.MaxLength, (left.Earliest, left.Latest, left.TrueShare)),
                (right.Name, right.Count, right.MissingCount, right.Distinct, right.Minimum, right.Maximum, right.MinLength, right.MaxLength, (right.Earliest, right.Latest, right.TrueShare)));
            Assert.Equal(left.Mean ?? 0, right.Mean ?? 0, 1e-9);
            Assert.Equal(left.TopValues, right.TopValues);
        }

        Assert.Equal(1_234, early.RowCount);
        var narrow = await data.Select("n").ProfileAsync(cancellationToken: token);
        Assert.Throws<ArgumentException>(() => DataProfile.Merge(whole, narrow));
    }

    [Fact]
    public async Task A_profile_fits_120_columns_of_text_and_draws_each_column_in_its_report()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Dataset.FromEnumerable("wide", Enumerable.Range(0, 300), c => c
            .Column("a_very_long_name_of_a_column_that_nobody_would_type_twice", i => i * 1e9 / 7)
            .Column("essay", i => new string((char)('a' + (i % 20)), 300)));
        var profile = await data.ProfileAsync(cancellationToken: token);
        var text = profile.ToText();
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
        Assert.Contains("essay", text, StringComparison.Ordinal);
        Assert.Contains("<svg", profile.ToReport().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_constant_and_infinite_columns_have_profiles_too()
    {
        var token = TestContext.Current.CancellationToken;
        var empty = await DatasetTests.Numbered(0).ProfileAsync(cancellationToken: token);
        Assert.Equal(0, empty.RowCount);
        Assert.Null(empty["n"].Minimum);
        Assert.Null(empty["n"].Histogram);
        Assert.Null(empty["text"].MinLength);
        Assert.Null(empty["at"].Earliest);
        Assert.Contains("half", empty.ToText(), StringComparison.Ordinal);
        Assert.NotEmpty(empty.ToReport().ToHtml());
        var odd = await Dataset.FromEnumerable("odd", Enumerable.Range(0, 10), c => c
            .Column("same", i => 7)
            .Column("endless", i => i == 0 ? double.PositiveInfinity : i)).ProfileAsync(cancellationToken: token);
        Assert.Equal([10.0], odd["same"].Histogram!.Counts);
        Assert.Equal(double.PositiveInfinity, odd["endless"].Maximum);
        Assert.Null(odd["endless"].Histogram);
        Assert.NotEmpty(odd.ToReport().ToHtml());
    }
}
