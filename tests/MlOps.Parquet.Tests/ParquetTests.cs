using MlOps.Data;

namespace MlOps.Parquet.Tests;

public sealed class ParquetTests
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "rows.parquet");

    private static Dataset Rows(int count) => Dataset.FromEnumerable("rows", Enumerable.Range(0, count), c => c
        .Column("n", i => i)
        .Column("x", i => i % 11 == 0 ? (double?)null : i * 0.5)
        .Column("text", i => i % 5 == 0 ? null : $"t{i % 3}")
        .Column("even", i => i % 2 == 0)
        .Column("at", i => DateTimeOffset.UnixEpoch.AddSeconds(i)));

    [Fact]
    public async Task Rows_come_back_from_Parquet_as_they_were()
    {
        var token = TestContext.Current.CancellationToken;
        var rows = Rows(300_000);
        Assert.Equal(300_000, await rows.WriteParquetAsync(_path, cancellationToken: token));
        var back = Dataset.FromParquet(_path);
        foreach (var column in new[] { "n", "x", "text", "even", "at" })
        {
            Assert.Equal(await rows.ReadTextsAsync(column, token), await back.ReadTextsAsync(column, token));
        }

        List<long> positions = [];
        await foreach (var batch in back.ReadAsync(new DatasetReadOptions { Columns = ["even", "n"], Offset = 262_140, Limit = 10, BatchSize = 4 }, token))
        {
            using (batch)
            {
                Assert.Equal(["even", "n"], batch.Schema.FieldsList.Select(field => field.Name));
                positions.AddRange(((Apache.Arrow.Int32Array)batch.Column(1)).Values.ToArray().Select(value => (long)value));
            }
        }

        Assert.Equal(Enumerable.Range(262_140, 10).Select(i => (long)i), positions);
    }

    [Fact]
    public async Task A_missing_a_foreign_and_a_truncated_file_are_told_apart_and_named()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(ErrorCodes.FileNotFound, (await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromParquet(_path).CountAsync(token))).Code);
        await File.WriteAllTextAsync(_path, "no parquet", token);
        Assert.Equal(ErrorCodes.FileCorrupt, (await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromParquet(_path).CountAsync(token))).Code);
        await Rows(1000).WriteParquetAsync(_path, cancellationToken: token);
        await File.WriteAllBytesAsync(_path, (await File.ReadAllBytesAsync(_path, token))[..500], token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromParquet(_path).CountAsync(token));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }
}
