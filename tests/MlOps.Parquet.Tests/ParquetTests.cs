using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Tests;

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

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(100_000)]
    public async Task Texts_come_back_whether_a_dictionary_numbers_them_or_not(int different)
    {
        var token = TestContext.Current.CancellationToken;
        string[] kinds = ["", "a", "größe", "12345678", "123456789", new string('x', 3_000), "\ud83d\ude00"];
        var rows = Dataset.FromEnumerable("rows", Enumerable.Range(0, 100_000), c => c
            .Column("short", i => i % 13 == 0 ? null : $"{i % different:X}")
            .Column("any", i => i % 13 == 1 ? null : different > 300 ? $"text number {i}" : kinds[i % Math.Min(different, kinds.Length)])
            .Column("none", _ => (string?)null));
        await rows.WriteParquetAsync(_path, new ParquetWriteOptions { RowsPerGroup = 30_000 }, token);
        var back = Dataset.FromParquet(_path);
        foreach (var column in new[] { "short", "any", "none" })
        {
            Assert.Equal(await rows.ReadTextsAsync(column, token), await back.ReadTextsAsync(column, token));
        }

        Assert.All((await back.GetSchemaAsync(token)).FieldsList, field => Assert.IsType<StringType>(field.DataType));
        await foreach (var batch in back.ReadAsync(new DatasetReadOptions { Offset = 29_990, Limit = 20, BatchSize = 7 }, token))
        {
            using (batch)
            {
                Assert.All(batch.Arrays, array => Assert.IsType<StringArray>(array));
            }
        }
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

    public static TheoryData<ParquetCompression, int> Compressions { get; } =
        [.. Enum.GetValues<ParquetCompression>().SelectMany(compression => Enumerable.Range(0, 8).Select(seed => (compression, seed)))];

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task What_is_written_as_Parquet_is_read_as_it_was_under_every_compression(ParquetCompression compression, int seed)
    {
        var token = TestContext.Current.CancellationToken;
        var rows = seed * 200;
        var table = FileTable.Create(seed, rows);
        Assert.Equal(rows, await table.WriteParquetAsync(_path, new ParquetWriteOptions { Compression = compression, RowsPerGroup = 300 }, token));
        await FileTable.AssertEqualAsync(table, Dataset.FromParquet(_path), token);
    }

    [Fact]
    public async Task A_nested_column_is_refused_by_name_and_the_columns_beside_it_are_read()
    {
        var token = TestContext.Current.CancellationToken;
        var numbers = new Int32Array.Builder().AppendRange([1, 2, 3]).Build();
        var lists = new ListArray.Builder(Int32Type.Default);
        var values = (Int32Array.Builder)lists.ValueBuilder;
        for (var i = 0; i < 3; i++)
        {
            lists.Append();
            values.Append(i).Append(i + 1);
        }

        var list = lists.Build();
        var schema = new Schema([new("before", Int32Type.Default, true), new("nested", list.Data.DataType, true), new("after", Int32Type.Default, true)], metadata: null);
        using (var writer = new ParquetSharp.Arrow.FileWriter(_path, schema))
        {
            writer.WriteRecordBatch(new RecordBatch(schema, [numbers, list, numbers], 3));
            writer.Close();
        }

        var dataset = Dataset.FromParquet(_path);
        Assert.Equal(new[] { 1.0, 2, 3 }, await dataset.ReadNumbersAsync("after", token));
        var error = await Assert.ThrowsAsync<MlOpsException>(async () => await dataset.ReadAsync(cancellationToken: token).CountAsync(token));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Contains("'nested'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_stops_early_leaves_the_file_free()
    {
        var token = TestContext.Current.CancellationToken;
        await Rows(1000).WriteParquetAsync(_path, new ParquetWriteOptions { RowsPerGroup = 10 }, token);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(3, await Dataset.FromParquet(_path).Take(3).CountAsync(token));
        }

        Assert.Equal(5, await Rows(5).WriteParquetAsync(_path, cancellationToken: token));
        Assert.Equal(5, await Dataset.FromParquet(_path).CountAsync(token));
    }

    [Fact]
    public async Task Damaged_pages_under_a_whole_footer_are_told_and_the_file_is_named()
    {
        var token = TestContext.Current.CancellationToken;
        await Rows(100_000).WriteParquetAsync(_path, new ParquetWriteOptions { RowsPerGroup = 20_000 }, token);
        var bytes = await File.ReadAllBytesAsync(_path, token);
        bytes.AsSpan(bytes.Length / 2, bytes.Length / 8).Fill(0xA5);
        await File.WriteAllBytesAsync(_path, bytes, token);
        var error = await Assert.ThrowsAsync<MlOpsException>(async () => await Dataset.FromParquet(_path).ReadAsync(cancellationToken: token).CountAsync(token));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public async Task A_stream_that_is_no_file_is_read_and_closed_after_the_last_read_wherever_the_reader_stops(int batches)
    {
        var token = TestContext.Current.CancellationToken;
        await Rows(50_000).WriteParquetAsync(_path, new ParquetWriteOptions { RowsPerGroup = 10_000 }, token);
        using var stream = new WatchedStream(await File.ReadAllBytesAsync(_path, token));
        var dataset = new ParquetDatasetFormat().Open("rows", _ => Task.FromResult<Stream>(stream));
        var rows = await dataset.ReadAsync(new DatasetReadOptions { BatchSize = 1000 }, token).Take(batches).Select(batch => batch.Length).SumAsync(token);
        Assert.Equal(Math.Min(50, batches) * 1000, rows);
        Assert.Equal(batches > 0, stream.IsClosed);
        Assert.False(stream.WasReadAfterClosing);
    }

    [Fact]
    public async Task A_cancelled_reader_stops_and_closes_the_stream()
    {
        var token = TestContext.Current.CancellationToken;
        await Rows(50_000).WriteParquetAsync(_path, new ParquetWriteOptions { RowsPerGroup = 10_000 }, token);
        using var stream = new WatchedStream(await File.ReadAllBytesAsync(_path, token));
        var dataset = new ParquetDatasetFormat().Open("rows", _ => Task.FromResult<Stream>(stream));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var batches = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in dataset.ReadAsync(new DatasetReadOptions { BatchSize = 1000 }, stop.Token))
            {
                batches++;
                await stop.CancelAsync();
            }
        });
        Assert.Equal(1, batches);
        Assert.True(stream.IsClosed);
        Assert.False(stream.WasReadAfterClosing);
    }

    [Fact]
    public async Task A_reader_of_the_first_rows_takes_no_more_of_the_file_than_a_few_batches()
    {
        var token = TestContext.Current.CancellationToken;
        var random = new Random(1);
        var numbers = Dataset.FromEnumerable("rows", Enumerable.Range(0, 200_000), c => c.Column("x", _ => random.NextDouble()));
        await numbers.WriteParquetAsync(_path, new ParquetWriteOptions { RowsPerGroup = 10_000 }, token);
        using var stream = new WatchedStream(await File.ReadAllBytesAsync(_path, token));
        var dataset = new ParquetDatasetFormat().Open("rows", _ => Task.FromResult<Stream>(stream));
        Assert.Equal(1, await dataset.ReadAsync(new DatasetReadOptions { BatchSize = 10_000 }, token).Take(1).CountAsync(token));
        Assert.InRange(stream.BytesRead, 1, new FileInfo(_path).Length / 3);
    }

    private sealed class WatchedStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        private readonly byte[] _bytes = bytes;

        public bool IsClosed { get; private set; }

        public bool WasReadAfterClosing { get; private set; }

        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            // Not the base's method for spans: in a derived class it calls the one for arrays.
            WasReadAfterClosing |= IsClosed;
            var count = (int)Math.Min(buffer.Length, Length - Position);
            _bytes.AsSpan((int)Position, count).CopyTo(buffer);
            Position += count;
            BytesRead += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
