using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class TableTests : IAsyncLifetime
{
    private readonly InMemoryRunStore _runs = new();
    private readonly InMemoryBlobStore _blobs = new();
    private IRun _run = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExperimentTracker Tracker => new(_runs, _runs, _blobs, options: new TrackingOptions { MaximumDiffBytes = 0 });

    public async ValueTask InitializeAsync() => _run = await Tracker.StartRunAsync("tables", cancellationToken: Token);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task Rows_come_back_as_they_were()
    {
        object?[][] rows = [["a\"µ<", 1L, 0.5, true, null], ["b", -7L, double.NaN, false, "x"]];
        await _run.LogTableAsync("eval/predictions.json", ["text", "whole", "number", "truth", "missing"], rows, Token);

        var table = await Tracker.ReadTableAsync(_run.Info.Id, "eval/predictions.json", Token);
        Assert.Equal(["text", "whole", "number", "truth", "missing"], table.Columns);
        Assert.Equal(rows[0], table.Rows[0]);
        Assert.Equal(["b", -7L, "NaN", false, "x"], table.Rows[1]);
    }

    [Fact]
    public async Task A_table_has_the_form_of_log_table()
    {
        await _run.LogTableAsync("t.json", ["a", "b"], [[1, "x"]], Token);
        using var reader = new StreamReader(await Tracker.OpenArtifactAsync(_run.Info.Id, "t.json", Token));
        Assert.Equal("""{"columns":["a","b"],"data":[[1,"x"]]}""", await reader.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task A_data_set_is_stored_with_its_types()
    {
        await _run.LogTableAsync("flights.json", new Dataset("flights", new OneBatch()), Token);

        var table = await Tracker.ReadTableAsync(_run.Info.Id, "flights.json", Token);
        Assert.Equal(["whole", "number", "single", "text", "truth", "time"], table.Columns);
        Assert.Equal([9007199254740993L, 0.1, 0.1, "SFO", true, "2026-01-02T03:04:05Z"], table.Rows[0]);
        Assert.Equal([null, "NaN", "-Infinity", null, false, null], table.Rows[1]);
    }

    [Fact]
    public async Task A_row_of_the_wrong_width_and_an_unknown_type_are_named_and_nothing_is_stored()
    {
        var width = await Assert.ThrowsAsync<ArgumentException>(() => _run.LogTableAsync("t.json", ["a"], [[1], [1, 2]], Token));
        Assert.Contains("Row 1 of 't.json' has 2 cells", width.Message, StringComparison.Ordinal);
        var type = await Assert.ThrowsAsync<ArgumentException>(() => _run.LogTableAsync("t.json", ["a"], [[new TableTests()]], Token));
        Assert.Contains("row 0[0]", type.Message, StringComparison.Ordinal);
        Assert.Equal(
            ErrorCodes.InvalidName, (await Assert.ThrowsAsync<MlOpsException>(() => _run.LogTableAsync("t.csv", ["a"], [[1]], Token))).Code);
        Assert.Empty((await _runs.FindAsync(_run.Info.Id, Token))!.Artifacts);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"columns":["a"],"data":[[1,2]]}""")]
    [InlineData("not JSON")]
    public async Task What_is_no_table_is_said_to_be_none(string text)
    {
        await _run.LogTextAsync("t.json", text, Token);
        Assert.Equal(
            ErrorCodes.FileCorrupt, (await Assert.ThrowsAsync<MlOpsException>(() => Tracker.ReadTableAsync(_run.Info.Id, "t.json", Token))).Code);
    }

    private sealed class OneBatch : IDatasetSource
    {
        private readonly Schema _schema = new Schema.Builder()
            .Field(new Field("whole", Int64Type.Default, true))
            .Field(new Field("number", DoubleType.Default, true))
            .Field(new Field("single", FloatType.Default, true))
            .Field(new Field("text", StringType.Default, true))
            .Field(new Field("truth", BooleanType.Default, true))
            .Field(new Field("time", TimestampType.Default, true))
            .Build();

        public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

        public async IAsyncEnumerable<RecordBatch> ReadAsync(
            DatasetReadOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new RecordBatch(
                _schema,
                [
                    new Int64Array.Builder().Append(9007199254740993).AppendNull().Build(),
                    new DoubleArray.Builder().Append(0.1).Append(double.NaN).Build(),
                    new FloatArray.Builder().Append(0.1f).Append(float.NegativeInfinity).Build(),
                    new StringArray.Builder().Append("SFO").AppendNull().Build(),
                    new BooleanArray.Builder().Append(true).Append(false).Build(),
                    new TimestampArray.Builder().Append(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)).AppendNull().Build(),
                ],
                2);
        }
    }
}
