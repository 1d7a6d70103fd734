namespace MlOps.Data.Tests.Files;

public sealed class RoundTripTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<int, int> Tables { get; } = [.. Enumerable.Range(0, 60).Select(seed => (seed, (seed % 6) switch { 0 => 0, 1 => 1, 2 => 2, 3 => 17, 4 => 300, _ => 5000 }))];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task What_is_written_as_CSV_is_read_as_it_was(int seed, int rows)
    {
        var token = TestContext.Current.CancellationToken;
        var (table, path) = (FileTable.Create(seed, rows), Path.Combine(_folder, "t.csv"));
        var delimiter = ",;\t|"[seed % 4];
        Assert.Equal(rows, await table.WriteCsvAsync(path, new CsvWriteOptions { Delimiter = delimiter, ByteOrderMark = seed % 3 == 0 }, token));
        var names = (await table.GetSchemaAsync(token)).FieldsList.Select(field => field.Name);
        var options = new CsvOptions { Types = FileTable.Types.Where(type => names.Contains(type.Key)).ToDictionary(), HasHeader = true, Delimiter = delimiter, Quote = '"', DecimalSeparator = '.' };
        await FileTable.AssertEqualAsync(table, Dataset.FromCsv(path, options), token);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task What_is_written_as_JSON_Lines_is_read_as_it_was(int seed, int rows)
    {
        var token = TestContext.Current.CancellationToken;
        var (table, path) = (FileTable.Create(seed, rows), Path.Combine(_folder, "t.jsonl"));
        Assert.Equal(rows, await table.WriteJsonLinesAsync(path, token));
        var types = (await table.GetSchemaAsync(token)).FieldsList.ToDictionary(field => field.Name, field => FileTable.Types[field.Name]);
        await FileTable.AssertEqualAsync(table, Dataset.FromJsonLines(path, new JsonLinesOptions { Types = types }), token);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task What_is_written_as_Arrow_is_read_as_it_was(int seed, int rows)
    {
        var token = TestContext.Current.CancellationToken;
        var (table, path) = (FileTable.Create(seed, rows), Path.Combine(_folder, "t.arrow"));
        Assert.Equal(rows, await table.WriteArrowAsync(path, token));
        await FileTable.AssertEqualAsync(table, Dataset.FromArrow(path), token);
    }

    [Fact]
    public async Task An_Arrow_file_with_the_length_of_a_far_larger_part_is_refused()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(_folder, "t.arrow");
        await FileTable.Create(1, 10).WriteArrowAsync(path, token);
        var bytes = await File.ReadAllBytesAsync(path, token);
        // Behind the schema's message begins the first batch's: four bytes of ones, then its length.
        var batch = bytes.AsSpan(12).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF]) + 12;
        BitConverter.GetBytes(int.MaxValue).CopyTo(bytes, batch + 4);
        await File.WriteAllBytesAsync(path, bytes, token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromArrow(path).CountAsync(token));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains("2147483647 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_that_fails_leaves_the_old_file_and_nothing_else()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(_folder, "new", "old.csv");
        await FileTable.Create(1, 10).WriteCsvAsync(path, cancellationToken: token);
        var before = await File.ReadAllBytesAsync(path, token);
        var failing = Dataset.FromEnumerable("failing", Enumerable.Range(0, 100_000), c => c.Column("n", i => i < 90_000 ? i : throw new InvalidOperationException("no more")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.WriteCsvAsync(path, cancellationToken: token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.WriteJsonLinesAsync(path, token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.WriteArrowAsync(path, token));
        Assert.Equal(before, await File.ReadAllBytesAsync(path, token));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(ErrorCodes.FileNotFound, (await Assert.ThrowsAsync<MlOpsException>(() => failing.WriteCsvAsync(_folder, cancellationToken: token))).Code);
    }

    [Fact]
    public async Task Objects_that_arrive_one_by_one_become_the_same_rows_as_a_list_of_them()
    {
        var token = TestContext.Current.CancellationToken;
        var reads = 0;
        async IAsyncEnumerable<int> Rows()
        {
            reads++;
            for (var i = 0; i < 1000; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }

        var arriving = Dataset.FromAsyncEnumerable("arriving", _ => Rows(), c => c.Column("n", i => i).Column("text", i => i % 5 == 0 ? null : $"t{i}"));
        var listed = Dataset.FromEnumerable("listed", Enumerable.Range(0, 1000), c => c.Column("n", i => i).Column("text", i => i % 5 == 0 ? null : $"t{i}"));
        Assert.Equal(await listed.ReadTextsAsync("text", token), await arriving.ReadTextsAsync("text", token));
        Assert.Equal(await listed.Take(7).ReadNumbersAsync("n", token), await arriving.Take(7).ReadNumbersAsync("n", token));
        Assert.Equal(2, reads);
    }
}
