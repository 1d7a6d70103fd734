using MlOps.Data.Columns;
using System.Globalization;

namespace MlOps.Data.Tests;

public sealed class DatasetTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static Dataset Numbered(int count) => Dataset.FromEnumerable("numbers", Enumerable.Range(0, count), c => c
        .Column("n", i => i)
        .Column("half", i => i % 7 == 0 ? (double?)null : i / 2.0)
        .Column("text", i => i % 5 == 0 ? null : $"t{i % 3}")
        .Column("even", i => i % 2 == 0)
        .Column("at", i => Start.AddHours(i)));

    [Fact]
    public async Task Objects_become_columns_and_rows_again()
    {
        var token = TestContext.Current.CancellationToken;
        var rows = await Numbered(200_000).ReadRowsAsync(row => (row.Position, row.Number("n"), row.IsMissing("half"), row.Text("text"), row.Boolean("even"), row.Time("at")), cancellationToken: token).ToListAsync(token);
        Assert.Equal(200_000, rows.Count);
        Assert.Equal((150_001L, 150_001.0, 150_001 % 7 == 0, "t1", false, Start.AddHours(150_001)), rows[150_001]);
        Assert.True(rows[7].Item3);
        Assert.Null(rows[5].Item4);
    }

    [Fact]
    public async Task Operations_are_lazy_streaming_and_agree_with_the_same_on_lists()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Numbered(1000);
        var spring = data.Where("at", Start.AddHours(100), Start.AddHours(200)).Where(row => row.Boolean("even"), "even").Select("n");
        Assert.Equal(Enumerable.Range(100, 100).Where(i => i % 2 == 0).Select(i => (double)i), await spring.ReadNumbersAsync("n", token));
        Assert.Equal(50, await spring.CountAsync(token));
        Assert.Equal(new[] { 100.0, 102, 104 }, await spring.Take(3).ReadNumbersAsync("n", token));
        var (before, after) = data.SplitByTime("at", Start.AddHours(300));
        Assert.Equal(300, await before.CountAsync(token));
        Assert.Equal(700, await after.CountAsync(token));
        Assert.Equal(await data.ReadTextsAsync("text", token), await before.Concat(after).ReadTextsAsync("text", token));
        Assert.Equal(2 * 999.0, (await data.WithColumn("twice", row => 2 * row.Number("n"), "n").ReadNumbersAsync("twice", token))[^1]);
        var sorted = await data.SortByAsync("half", descending: true, token);
        var halves = await sorted.ReadNumbersAsync("half", token);
        Assert.Equal(999 / 2.0, halves[0]);
        Assert.True(double.IsNaN(halves[^1]));
        var held = await data.ToMemoryAsync(token);
        for (var read = 0; read < 2; read++)
        {
            Assert.Equal(Enumerable.Range(10, 5).Select(i => (double)i), await Numbers(held, new DatasetReadOptions { Columns = ["n"], Offset = 10, Limit = 5, BatchSize = 2 }));
        }
    }

    [Fact]
    public async Task Csv_types_are_inferred_and_a_bad_cell_is_named_with_its_place()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "cities.csv");
        await File.WriteAllTextAsync(path, "id,size,open,since,code\n1,2.5,true,2026-01-02T03:04:05Z,01234\n2,,false,2026-01-03,\"a, b\"\n", token);
        var data = Dataset.FromCsv(path);
        var rows = await data.ReadRowsAsync(row => string.Create(CultureInfo.InvariantCulture, $"{row.Number("id")}|{row.Number("size")}|{row.Boolean("open")}|{row.Time("since"):O}|{row.Text("code")}"), cancellationToken: token).ToListAsync(token);
        Assert.Equal(["1|2.5|True|2026-01-02T03:04:05.0000000+00:00|01234", "2|NaN|False|2026-01-03T00:00:00.0000000+00:00|a, b"], rows);
        await File.WriteAllTextAsync(path, "id,size\n1,2\n2,two\n", token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromCsv(path, new CsvOptions { Types = new Dictionary<string, CellType> { ["size"] = CellType.Number } }).ReadNumbersAsync("size", token));
        Assert.Null(Record.Exception(() => Dataset.FromCsv("nowhere.csv")));
        var bad = Dataset.FromCsv(path, new CsvOptions { InferenceRows = 1 });
        error = await Assert.ThrowsAsync<MlOpsException>(() => bad.ReadNumbersAsync("size", token));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains("row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("'size'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'two'", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromCsv("nowhere.csv").CountAsync(token));
        Assert.Equal(ErrorCodes.FileNotFound, error.Code);
    }

    [Fact]
    public async Task Checks_report_every_failure_and_quarantine_splits_the_rows()
    {
        var token = TestContext.Current.CancellationToken;
        var checks = DataChecks.Define("numbers", c => c
            .Column("n", x => x.NotNull().InRange(0, 89).Unique())
            .Column("half", x => x.NotNull().Mostly(0.8).LessThan("n"))
            .Column("text", x => x.NotNull().AsWarning().Matches("^t[0-2]$").In("t0", "t1", "t2").OfType(ColumnKind.Text))
            .Column("txt", x => x.NotNull().AsWarning())
            .Row("even or small", row => row.Boolean("even") || row.Number("n") < 95, "even", "n")
            .RowCount(min: 1));
        var report = await checks.RunAsync(Numbered(100), token);
        Assert.False(report.Passed);
        Assert.Equal(
            ["n in range [0, 89]", "text not null", "txt not null", "even or small"],
            report.Failures.Select(result => $"{result.Column} {result.Name}".Trim()));
        var range = report.Results.Single(result => result.Name == "in range [0, 89]");
        Assert.Equal((10L, 100L, 90L, "90"), (range.Failed, range.Evaluated, range.Examples[0].Position, range.Examples[0].Value));
        Assert.Contains("did you mean 'text'", report.Results.Single(result => result.Column == "txt").Observed, StringComparison.Ordinal);
        var (good, bad) = report.Quarantine();
        Assert.Equal(100, await good.CountAsync(token) + await bad.CountAsync(token));
        Assert.True((await DataChecks.Define("again", c => c.Column("n", x => x.InRange(0, 89))).RunAsync(good, token)).Passed);
        Assert.Contains("FAILED", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("in range [0, 89]", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shifted_column_drifts_from_its_baseline_and_the_same_data_does_not()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Numbered(5000);
        Assert.False((await data.DriftFromAsync(data, cancellationToken: token)).HasDrift);
        var shifted = data.WithColumn("n", row => row.Number("n") + 2000, "n");
        Assert.Equal(["n"], (await shifted.DriftFromAsync(data, cancellationToken: token)).DriftedColumns.Select(column => column.Column));
    }

    [Fact]
    public async Task Equal_rows_are_written_as_equal_bytes_whatever_batches_they_came_in()
    {
        var token = TestContext.Current.CancellationToken;
        var whole = Numbered(70_000);
        var split = whole.Take(1234).Concat(whole.Where(row => row.Number("n") >= 1234, "n"));
        using MemoryStream first = new(), second = new();
        Assert.Equal(70_000, await CanonicalArrowFile.WriteAsync(whole, first, token));
        Assert.Equal(70_000, await CanonicalArrowFile.WriteAsync(split, second, token));
        Assert.Equal(first.ToArray(), second.ToArray());
        var bytes = first.ToArray();
        var back = Dataset.FromArrow("back", _ => Task.FromResult<Stream>(new MemoryStream(bytes)));
        Assert.Equal(await whole.ReadTextsAsync("text", token), await back.ReadTextsAsync("text", token));
        Assert.Equal(await whole.ReadNumbersAsync("half", token), await back.ReadNumbersAsync("half", token));
        var cut = Dataset.FromArrow("cut", _ => Task.FromResult<Stream>(new MemoryStream(bytes[..(bytes.Length / 2)])));
        Assert.Equal(ErrorCodes.FileCorrupt, (await Assert.ThrowsAsync<MlOpsException>(() => cut.CountAsync(token))).Code);
    }

    private static async Task<double[]> Numbers(Dataset dataset, DatasetReadOptions options)
    {
        List<double> numbers = [];
        await foreach (var batch in dataset.ReadAsync(options, TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                Assert.InRange(batch.Length, 1, options.BatchSize);
                var part = new double[batch.Length];
                new ColumnReader(batch.Column(0), "n").ReadNumbers(part);
                numbers.AddRange(part);
            }
        }

        return [.. numbers];
    }
}
