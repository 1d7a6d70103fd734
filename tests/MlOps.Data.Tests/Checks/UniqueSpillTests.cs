using FsCheck.Xunit;

namespace MlOps.Data.Tests.Checks;

public sealed class UniqueSpillTests
{
    [Property(MaxTest = 60)]
    public async Task A_tiny_budget_gives_the_rows_that_memory_gives(int seed)
    {
        var random = new Random(seed);
        var rows = random.Next(1, 700);
        var values = random.Next(1, 900);
        object? Missing(object value) => random.Next(12) == 0 ? null : value;
        object?[] Column(Func<object> value) => [.. Enumerable.Range(0, rows).Select(_ => Missing(value()))];
        var data = new Dataset("rows", new SmallBatches(
            HeldRows.Of(
                ("n", Column(() => random.Next(values) - 3.5)),
                ("w", Column(() => (long)random.Next(values) * 1_000_003)),
                ("z", Column(() => (long)random.Next(values))),
                ("s", Column(() => new string('a', random.Next(40)) + random.Next(values))),
                ("d", Column(() => DateTimeOffset.UnixEpoch.AddMinutes(random.Next(values)))),
                ("b", Column(() => random.Next(2) == 0))),
            random.Next(1, 300)));
        var checks = DataChecks.Define("c", c => c
            .Column("n", n => n.Unique())
            .Column("w", w => w.Unique())
            .Column("z", z => z.Unique())
            .Column("s", s => s.Unique().ForEach("b"))
            .Column("d", d => d.Unique().When("b"))
            .Column("b", b => b.Unique())
            .Unique("s", "z")
            .Unique("n", "b"));
        var folder = Directory.CreateTempSubdirectory().FullName;
        var memory = await checks.RunAsync(data, new CheckOptions { MaxExamples = 7 }, TestContext.Current.CancellationToken);
        var disk = await checks.RunAsync(
            data, new CheckOptions { MaxExamples = 7, MemoryBudget = random.Next(0, 9000), TemporaryFolder = folder }, TestContext.Current.CancellationToken);
        foreach (var (expected, found) in memory.Results.Zip(disk.Results))
        {
            Assert.Equal(
                (expected.Name, expected.Passed, expected.Evaluated, expected.Failed, expected.Observed),
                (found.Name, found.Passed, found.Evaluated, found.Failed, found.Observed));
            Assert.Equal(expected.Examples, found.Examples);
            Assert.Equal(
                expected.Segments.Select(segment => (segment.Key, segment.Failed)), found.Segments.Select(segment => (segment.Key, segment.Failed)));
        }

        Assert.Equal(await Rows(memory.Quarantine().Bad), await Rows(disk.Quarantine().Bad));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_part_of_another_check_holds_its_values_in_memory()
    {
        var data = HeldRows.Of(("w", Enumerable.Range(0, 500).Select(i => (object?)(long)(i % 400 * 77_777))));
        var checks = DataChecks.Define("c", c => c.Any("either", any => any.Column("w", w => w.Unique()).Column("w", w => w.AtMost(77_777))));
        var report = await checks.RunAsync(data, new CheckOptions { MemoryBudget = 0 }, TestContext.Current.CancellationToken);
        Assert.Equal(98, Assert.Single(report.Results).Failed);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var file = Path.GetTempFileName();
        var data = HeldRows.Of(("s", ["a", "b", "c"]));
        var checks = DataChecks.Define("c", c => c.Column("s", s => s.Unique()));
        var options = new CheckOptions { MemoryBudget = 0, TemporaryFolder = Path.Combine(file, "deep") };
        var error = await Assert.ThrowsAsync<MlOpsException>(() => checks.RunAsync(data, options, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.StorageFull, error.Code);
        Assert.Contains(options.TemporaryFolder, error.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static async Task<IReadOnlyList<string?>> Rows(Dataset data) =>
        await data.ReadRowsAsync(row => $"{row.Text("n")}|{row.Text("w")}|{row.Text("s")}").ToListAsync();
}
