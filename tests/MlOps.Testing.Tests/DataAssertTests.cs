using MlOps.Data;

namespace MlOps.Testing.Tests;

public sealed class DataAssertTests
{
    private static readonly DataChecks _checks = DataChecks.Define("trips", checks => checks
        .Column("distance", column => column.NotNull().InRange(1, 100))
        .Column("carrier", column => column.In("AA", "BB").AsWarning()));

    [Fact]
    public async Task Data_with_warnings_alone_passes_and_the_report_has_them()
    {
        var report = await DataAssert.PassesAsync(Trips(100, 0, "CC"), _checks, TestContext.Current.CancellationToken);
        Assert.Equal("carrier", Assert.Single(report.Failures).Column);
    }

    [Fact]
    public async Task A_failed_check_is_shown_with_its_counts_and_first_rows()
    {
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() =>
            DataAssert.PassesAsync(Trips(100, 5, "CC"), _checks, TestContext.Current.CancellationToken));
        Assert.StartsWith("1 of 3 checks of 'trips' failed on 'trips' (100 rows).\n  column", failure.Message, StringComparison.Ordinal);
        Assert.Contains("in range [1, 100]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("row 95: 101", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("carrier", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_between_data_sets_names_the_drifted_columns_alone()
    {
        var reference = Trips(1000, 0, "AA");
        var same = await DriftAssert.NoDriftAsync(reference, Trips(1000, 0, "AA"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["distance", "carrier"], same.Columns.Select(column => column.Column));
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() =>
            DriftAssert.NoDriftAsync(reference, Trips(1000, 0, "BB"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith("1 of 2 columns drifted.\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("carrier", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("distance", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Distances of 1 to 100 in turn, but 101 in the last rows; one carrier.</summary>
    private static Dataset Trips(int rows, int wrong, string carrier) => Dataset.FromEnumerable(
        "trips",
        Enumerable.Range(0, rows),
        columns => columns.Column("distance", i => i >= rows - wrong ? 101.0 : 1.0 + (i % 100)).Column("carrier", _ => carrier));
}
