using FsCheck.Xunit;

namespace MlOps.Data.Tests;

public sealed class DatasetDiffTests
{
    [Property(MaxTest = 150)]
    public async Task The_differences_are_those_of_a_plain_comparison(int seed)
    {
        var random = new Random(seed);
        var keyed = random.Next(2) == 0;
        var expected = Rows(random, keyed);
        var actual = expected.Select(row => random.Next(6) == 0 ? Changed(random, row) : row).Where(_ => random.Next(9) > 0).ToList();
        if (keyed)
        {
            actual = [.. actual.OrderBy(_ => random.Next())];
        }

        actual.AddRange(Enumerable.Range(0, random.Next(3)).Select(i => new Row(1_000_000 + i, 1, "new", null)));
        var diff = await Data("new", actual, random).DiffFromAsync(Data("old", expected, random), new DatasetDiffOptions { Keys = keyed ? ["w"] : [], MaxExamples = 10_000 });

        List<string> differences = [];
        long changed = 0, missing = 0, extra = 0;
        var byKey = keyed ? expected.ToDictionary(row => row.W) : [];
        for (var i = 0; i < (keyed ? actual.Count : Math.Max(actual.Count, expected.Count)); i++)
        {
            if (i >= actual.Count || (keyed ? !byKey.Remove(actual[i].W) : i >= expected.Count))
            {
                (missing, extra) = i >= actual.Count ? (missing + 1, extra) : (missing, extra + 1);
                continue;
            }

            var (one, other) = (keyed ? expected.Single(row => row.W == actual[i].W) : expected[i], actual[i]);
            var cells = (string[])[.. Cells(one).Zip(Cells(other)).Where(cell => cell.First.Text != cell.Second.Text).Select(cell => $"{i} {cell.First.Name} {cell.First.Text} {cell.Second.Text}")];
            changed += cells.Length > 0 ? 1 : 0;
            differences.AddRange(cells);
        }

        missing += byKey.Count;
        Assert.Equal((changed, missing, extra), (diff.ChangedRows, diff.MissingRows, diff.ExtraRows));
        Assert.Equal((expected.Count, actual.Count), (diff.ExpectedRows, diff.ActualRows));
        Assert.Equal(changed + missing + extra == 0, diff.IsEqual);
        var found = diff.Examples.Where(example => example.Kind == DatasetDifferenceKind.ChangedCell).ToList();
        Assert.Equal(differences, found.Select(example => $"{example.Position} {example.Column} {example.Expected ?? "-"} {example.Actual ?? "-"}"));
        Assert.Equal(
            found.GroupBy(example => example.Column!).Select(column => (column.Key, (long)column.Count())).Order(),
            diff.ChangedCells.Select(column => (column.Key, column.Value)).Order());
        Assert.Equal(missing + extra, diff.Examples.Count - found.Count);
    }

    [Fact]
    public async Task Widths_and_units_do_not_count_and_whole_numbers_are_told_apart_beyond_doubles()
    {
        var token = TestContext.Current.CancellationToken;
        var narrow = HeldRows.Of(("n", [1, 2, null]));
        Assert.True((await HeldRows.Of(("n", [1.0, 2.0, double.NaN])).DiffFromAsync(narrow, cancellationToken: token)).IsEqual);
        var large = await HeldRows.Of(("w", [(1L << 53) + 1])).DiffFromAsync(HeldRows.Of(("w", [1L << 53])), cancellationToken: token);
        Assert.Equal(1, large.ChangedRows);
        var near = new DatasetDiffOptions { Tolerance = 0.01 };
        Assert.True((await HeldRows.Of(("n", [1.0, 2.0])).DiffFromAsync(HeldRows.Of(("n", [1.005, 1.995])), near, token)).IsEqual);
        var full = new DatasetDiffOptions { Keys = ["w"], MemoryBudget = 16 };
        var error = await Assert.ThrowsAsync<MlOpsException>(() => HeldRows.Of(("w", [1L, 2L, 3L])).DiffFromAsync(HeldRows.Of(("w", [1L, 2L, 3L])), full, token));
        Assert.Equal(ErrorCodes.TooLarge, error.Code);
    }

    private static List<Row> Rows(Random random, bool keyed)
    {
        var count = random.Next(0, 300);
        return [.. Enumerable.Range(0, count).Select(i => new Row(keyed ? i * 7 : random.Next(50), random.Next(5) == 0 ? null : random.Next(9) / 2.0, random.Next(5) == 0 ? null : "t" + random.Next(9), random.Next(4) == 0 ? null : DateTimeOffset.UnixEpoch.AddHours(random.Next(9))))];
    }

    private static Row Changed(Random random, Row row) => random.Next(3) switch
    {
        0 => row with { N = row.N is null ? 1 : random.Next(2) == 0 ? null : row.N + 1 },
        1 => row with { S = row.S is null ? "x" : random.Next(2) == 0 ? null : row.S + "x", N = row.N + 1 },
        _ => row with { D = row.D is null ? DateTimeOffset.UnixEpoch : row.D.Value.AddSeconds(1) },
    };

    private static (string Name, string Text)[] Cells(Row row) =>
    [
        ("w", row.W.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("n", row.N?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"),
        ("s", row.S ?? "-"),
        ("d", row.D?.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) ?? "-"),
    ];

    private static Dataset Data(string name, List<Row> rows, Random random) => new(name, new SmallBatches(
        HeldRows.Of(
            ("w", rows.Select(row => (object?)row.W)),
            ("n", rows.Select(row => (object?)row.N)),
            ("s", rows.Select(row => (object?)row.S)),
            ("d", rows.Select(row => (object?)row.D))),
        random.Next(1, 120)));

    private sealed record Row(long W, double? N, string? S, DateTimeOffset? D);
}
