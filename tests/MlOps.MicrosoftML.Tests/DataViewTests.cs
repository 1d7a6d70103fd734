using Apache.Arrow.Types;
using FsCheck.Xunit;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Conformance;
using MlOps.Data;

namespace MlOps.MicrosoftML.Tests;

public sealed class DataViewTests
{
    private static readonly IArrowType[] Numbers =
    [
        Int8Type.Default, Int16Type.Default, Int32Type.Default, Int64Type.Default, UInt8Type.Default, UInt16Type.Default, UInt32Type.Default,
        UInt64Type.Default, FloatType.Default, DoubleType.Default, BooleanType.Default, StringType.Default, new TimestampType(TimeUnit.Microsecond, "UTC"),
    ];

    private static readonly DataViewOptions Everything = new() { IncludeTimes = true, KeepNumberTypes = true };

    [Property(MaxTest = 30)]
    public async Task Rows_come_back_from_a_view_as_they_were(int seed, byte size, bool streaming)
    {
        var table = RandomTable.Draw(seed, size, Numbers, missing: 0);
        var view = await table.ToDataViewAsync(new MLContext(), Everything with { Streaming = streaming });
        var back = Dataset.FromDataView("back", view);
        await DatasetRows.AssertEqualAsync(table, back);
        await DatasetRows.AssertReadableInPartsAsync(back, seed);
    }

    [Property(MaxTest = 20)]
    public async Task What_is_missing_is_NaN_or_empty_in_a_view(int seed, byte size, bool streaming)
    {
        var table = RandomTable.Draw(seed, size, [DoubleType.Default, StringType.Default]);
        var view = await table.ToDataViewAsync(new MLContext(), Everything with { Streaming = streaming });
        Assert.Equal(await table.ReadNumbersAsync("c0"), view.GetColumn<double>("c0"));
        Assert.Equal((await table.ReadTextsAsync("c1")).Select(text => text ?? ""), view.GetColumn<ReadOnlyMemory<char>>("c1").Select(text => text.ToString()));
    }

    [Fact]
    public async Task A_streamed_view_trains_the_model_that_one_in_memory_trains()
    {
        var token = TestContext.Current.CancellationToken;
        var trips = Dataset.FromEnumerable("trips", Trip.Draw(1, 3000), c => c
            .Column("Distance", trip => trip.Distance).Column("Share", trip => float.IsNaN(trip.Share) ? 0 : trip.Share).Column("Late", trip => trip.Late));
        double? auc = null;
        foreach (var streaming in new[] { false, true })
        {
            var ml = new MLContext(1);
            var view = await trips.ToDataViewAsync(ml, new DataViewOptions { Streaming = streaming }, token);
            var pipeline = ml.Transforms.Concatenate("Features", "Distance", "Share").Append(ml.BinaryClassification.Trainers.FastTree("Late", numberOfTrees: 5));
            var scored = pipeline.Fit(view).Transform(view);
            var measured = ml.BinaryClassification.Evaluate(scored, "Late").AreaUnderRocCurve;
            Assert.Equal(auc ?? measured, measured, 6);
            auc = measured;
            var scores = Dataset.FromDataView("scores", scored, ["Late", "Score", "Probability"]);
            Assert.Equal(3000, await scores.CountAsync(token));
        }
    }

    [Fact]
    public async Task A_streamed_view_reads_only_what_a_cursor_needs_and_stops_when_it_is_left()
    {
        var token = TestContext.Current.CancellationToken;
        var source = new CountingSource(Dataset.FromEnumerable("rows", Enumerable.Range(0, 1_000_000), c => c.Column("n", i => i).Column("text", i => $"t{i}")));
        var view = await new Dataset("rows", source).ToDataViewAsync(new MLContext(), new DataViewOptions { Streaming = true }, token);
        Assert.Equal(0, source.Reads);
        Assert.Equal(new[] { 0f, 1 }, view.GetColumn<float>("n").Take(2));
        Assert.Equal(1, source.Reads);
        Assert.Equal(["n"], source.Columns!);
        using (var first = view.GetRowCursor(view.Schema))
        using (var second = view.GetRowCursor([view.Schema["n"]]))
        {
            Assert.True(first.MoveNext() && first.MoveNext() && second.MoveNext());
            Assert.Equal((1, 0), (first.Position, second.Position));
            Assert.Throws<InvalidOperationException>(() => second.GetGetter<ReadOnlyMemory<char>>(view.Schema["text"]));
        }

        using (var none = view.GetRowCursor([]))
        {
            Assert.True(none.MoveNext());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_missing_truth_value_or_whole_number_is_refused_by_name(bool streaming)
    {
        foreach (IArrowType type in new IArrowType[] { BooleanType.Default, Int64Type.Default, new TimestampType(TimeUnit.Second, "UTC") })
        {
            var table = RandomTable.Draw(1, 100, [type], missing: 0.5);
            var error = await Assert.ThrowsAsync<MlOpsException>(async () =>
            {
                var view = await table.ToDataViewAsync(new MLContext(), Everything with { Streaming = streaming }, TestContext.Current.CancellationToken);
                using var cursor = view.GetRowCursor(view.Schema);
                while (cursor.MoveNext())
                {
                }
            });
            Assert.Equal(ErrorCodes.ColumnType, error.Code);
            Assert.Contains("'c0'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keys_become_what_they_stand_for_and_vectors_are_refused_by_name()
    {
        var token = TestContext.Current.CancellationToken;
        var ml = new MLContext();
        var view = ml.Data.LoadFromEnumerable(new[] { new Carrier { Code = "AA" }, new Carrier { Code = "UA" }, new Carrier { Code = "" }, new Carrier { Code = "AA" } });
        var keyed = ml.Transforms.Conversion.MapValueToKey("Key", "Code").Append(ml.Transforms.Conversion.Hash("Hash", "Code", numberOfBits: 8))
            .Append(ml.Transforms.Categorical.OneHotEncoding("Vector", "Code")).Fit(view).Transform(view);
        var error = Assert.Throws<MlOpsException>(() => Dataset.FromDataView("carriers", keyed));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Contains("'Vector'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Code, Key, Hash", error.Message, StringComparison.Ordinal);
        var data = Dataset.FromDataView("carriers", keyed, ["Key", "Hash"]);
        var keys = await data.ReadTextsAsync("Key", token);
        Assert.Equal(["AA", "UA"], keys[..2]);
        Assert.Equal("AA", keys[3]);
        var hashes = await data.ReadNumbersAsync("Hash", token);
        Assert.Equal(hashes[0], hashes[3]);
        Assert.NotEqual(hashes[0], hashes[1]);
        error = Assert.Throws<MlOpsException>(() => Dataset.FromDataView("carriers", keyed, ["Cod"]));
        Assert.Equal(ErrorCodes.ColumnNotFound, error.Code);
        Assert.Contains("'Code'", error.Message, StringComparison.Ordinal);
    }

    private sealed class Carrier
    {
        public string Code { get; set; } = "";
    }

    private sealed class CountingSource(Dataset dataset) : IDatasetSource
    {
        public int Reads { get; private set; }

        public IReadOnlyList<string>? Columns { get; private set; }

        public ValueTask<Apache.Arrow.Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => dataset.GetSchemaAsync(cancellationToken);

        public IAsyncEnumerable<Apache.Arrow.RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default)
        {
            Reads++;
            Columns = options.Columns;
            return dataset.ReadAsync(options, cancellationToken);
        }
    }
}
