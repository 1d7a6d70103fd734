using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Abstractions.Tests.Data.Columns;

public sealed class BatchShapingTests
{
    private static readonly Schema Schema = new([new Field("n", Int32Type.Default, true), new Field("t", StringType.Default, true)], null);

    public static IEnumerable<TheoryDataRow<int, int, int>> Shapes =>
        from offset in (int[])[0, 1, 3, 5, 9, 12]
        from limit in (int[])[0, 1, 4, 20]
        from batchSize in (int[])[1, 2, 3, 100]
        select new TheoryDataRow<int, int, int>(offset, limit, batchSize);

    public static TheoryData<string> Encodings => [.. Arrays.All.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_row_range_and_batch_size_gives_the_rows_asked_for(int offset, int limit, int batchSize)
    {
        var options = new DatasetReadOptions { Columns = ["t", "n"], Offset = offset, Limit = limit, BatchSize = batchSize };
        var rows = new List<string?>();
        await foreach (var batch in BatchShaping.ShapeAsync(Batches(3, 4, 0, 2), options, TestContext.Current.CancellationToken))
        {
            Assert.Equal(["t", "n"], batch.Schema.FieldsList.Select(field => field.Name));
            Assert.InRange(batch.Length, 1, batchSize);
            rows.AddRange(Texts(batch.Column(0)));
            Assert.Equal(Texts(batch.Column(0)), Texts(batch.Column(1)).Select(number => number is null ? null : "r" + number));
        }

        Assert.Equal(Expected(9).Skip(offset).Take(limit), rows);
    }

    [Fact]
    public async Task A_batch_that_fits_passes_through_as_it_is()
    {
        var given = Batch(0, 3);
        await foreach (var batch in BatchShaping.ShapeAsync(Stream([given]), DatasetReadOptions.All, TestContext.Current.CancellationToken))
        {
            Assert.Same(given, batch);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    public async Task Rechunked_batches_have_one_size_and_the_last_one_the_rest(int size)
    {
        var lengths = new List<int>();
        var rows = new List<string?>();
        await foreach (var batch in BatchShaping.RechunkAsync(Batches(3, 4, 0, 2), Schema, size, TestContext.Current.CancellationToken))
        {
            lengths.Add(batch.Length);
            rows.AddRange(Texts(batch.Column(1)));
        }

        Assert.Equal(Expected(9), rows);
        Assert.All(lengths.SkipLast(1), length => Assert.Equal(size, length));
    }

    [Fact]
    public void Gathered_rows_come_in_the_order_given_with_the_columns_wanted()
    {
        var gathered = BatchShaping.Gather(Batch(0, 5), BatchShaping.Select(Schema, ["t"]), [4, 1, 1, 2]);

        Assert.Equal(1, gathered.ColumnCount);
        Assert.Equal(["r4", null, null, "r2"], Texts(gathered.Column(0)));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Reading_plain_gives_the_same_cells_in_plain_columns(string encoding)
    {
        var array = Arrays.All[encoding];
        var cells = Texts(array)[1..];
        var schema = new Schema([new Field("c", array.Data.DataType, true), new Field("n", Int32Type.Default, true)], null);
        var numbers = new Int32Array.Builder().AppendRange([1, 2, 3]).Build();
        var dataset = new Dataset("mixed", new FixedSource(schema, () => new RecordBatch(schema, [ArrowArrayFactory.Slice(array, 1, 3), numbers], 3)));

        var plain = await dataset.GetPlainSchemaAsync(TestContext.Current.CancellationToken);
        Assert.False(plain.GetFieldByIndex(0).DataType is DictionaryType or StringViewType or LargeStringType or BinaryViewType or LargeBinaryType);
        await foreach (var batch in dataset.ReadPlainAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal(plain.GetFieldByIndex(0).DataType.TypeId, batch.Column(0).Data.DataType.TypeId);
            Assert.Equal(cells, Texts(batch.Column(0)));
            Assert.Equal(["1", "2", "3"], Texts(batch.Column(1)));
        }
    }

    private static IEnumerable<string?> Expected(int count) => Enumerable.Range(0, count).Select(row => row % 4 == 1 ? null : $"r{row}");

    private static IAsyncEnumerable<RecordBatch> Batches(params int[] lengths)
    {
        var start = 0;
        return Stream([.. lengths.Select(length => Batch((start += length) - length, length))]);
    }

    private static async IAsyncEnumerable<RecordBatch> Stream(RecordBatch[] batches)
    {
        foreach (var batch in batches)
        {
            await Task.Yield();
            yield return batch;
        }
    }

    private static RecordBatch Batch(int start, int length)
    {
        var numbers = new Int32Array.Builder();
        var texts = new StringArray.Builder();
        foreach (var row in Enumerable.Range(start, length))
        {
            _ = row % 4 == 1 ? numbers.AppendNull() : numbers.Append(row);
            _ = row % 4 == 1 ? texts.AppendNull() : texts.Append($"r{row}");
        }

        return new RecordBatch(Schema, [numbers.Build(), texts.Build()], length);
    }

    private static string?[] Texts(IArrowArray array)
    {
        var texts = new string?[array.Length];
        new ColumnReader(array, "c").ReadTexts(texts);
        return texts;
    }

    private sealed class FixedSource(Schema schema, Func<RecordBatch> read) : IDatasetSource
    {
        public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(schema);

        public async IAsyncEnumerable<RecordBatch> ReadAsync(
            DatasetReadOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return read();
        }
    }
}
