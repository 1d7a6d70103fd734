using Apache.Arrow.Types;
using FsCheck.Xunit;
using Microsoft.Data.Analysis;
using MlOps.Conformance;
using MlOps.Data;
using Frame = Microsoft.Data.Analysis.DataFrame;

namespace MlOps.DataFrame.Tests;

public sealed class DataFrameTests
{
    // What a frame holds with the same type.
    private static readonly IArrowType[] Kept = [.. RandomTable.AllTypes.Where(type => type is not (BinaryType or Decimal128Type or Date32Type or TimestampType { Timezone: null }))];

    [Property(MaxTest = 40)]
    public async Task Rows_come_back_from_a_data_frame_as_they_were(int seed, byte size)
    {
        var table = RandomTable.Draw(seed, size, Kept);
        var frame = await table.ToDataFrameAsync();
        Assert.Equal(size, frame.Rows.Count);
        var back = Dataset.FromDataFrame("back", frame);
        await DatasetRows.AssertEqualAsync(table, back);
        await DatasetRows.AssertReadableInPartsAsync(back, seed);
    }

    [Property(MaxTest = 20)]
    public async Task Dates_decimals_and_times_without_a_zone_keep_their_values(int seed, byte size)
    {
        var table = RandomTable.Draw(seed, size, [Date32Type.Default, new Decimal128Type(20, 4), new TimestampType(TimeUnit.Millisecond, (string?)null)]);
        var back = Dataset.FromDataFrame("back", await table.ToDataFrameAsync());
        Assert.Equal(await table.ReadTimesAsync("c0"), await back.ReadTimesAsync("c0"));
        Assert.Equal((await table.ReadTextsAsync("c1")).Select(Exact), (await back.ReadTextsAsync("c1")).Select(Exact));
        Assert.Equal(await table.ReadTimesAsync("c2"), await back.ReadTimesAsync("c2"));
    }

    [Fact]
    public async Task A_frame_made_by_hand_becomes_a_data_set_with_its_nulls()
    {
        var token = TestContext.Current.CancellationToken;
        var frame = new Frame(
            new StringDataFrameColumn("carrier", ["AA", null, "UA"]),
            new DoubleDataFrameColumn("delay", [1.5, double.NaN, null]),
            new DecimalDataFrameColumn("price", [12.34m, -0.0000000005m, decimal.MaxValue]),
            new CharDataFrameColumn("class", ['Y', null, 'é']),
            new DateTimeDataFrameColumn("at", [new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), null, new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc)]));
        var rows = await DatasetRows.ReadAsync(Dataset.FromDataFrame("flights", frame), null, token);
        Assert.Equal(["AA", "1.5", "12.340000000", "Y", "2026-01-02T03:04:05Z"], rows[0]);
        Assert.Equal([null, "NaN", "0.000000000", null, null], rows[1]);
        Assert.Equal(["UA", null, "79228162514264337593543950335.000000000", "é", "0001-01-01T00:00:00Z"], rows[2]);
    }

    [Fact]
    public async Task Columns_that_cannot_be_carried_are_refused_by_name()
    {
        var token = TestContext.Current.CancellationToken;
        var binary = RandomTable.Draw(1, 5, [Int32Type.Default, BinaryType.Default]);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => binary.ToDataFrameAsync(token));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Contains("'c1'", error.Message, StringComparison.Ordinal);
        Assert.Single((await binary.Select("c0").ToDataFrameAsync(token)).Columns);
        var vectors = new Frame(new VBufferDataFrameColumn<float>("features", 3));
        error = Assert.Throws<MlOpsException>(() => Dataset.FromDataFrame("frame", vectors));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Contains("'features'", error.Message, StringComparison.Ordinal);
        var large = Dataset.FromBatches("large", new Apache.Arrow.Schema([new("n", new Decimal128Type(38, 0), true)], null), [Large()]);
        error = await Assert.ThrowsAsync<MlOpsException>(() => large.ToDataFrameAsync(token));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
    }

    private static decimal? Exact(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Apache.Arrow.RecordBatch Large()
    {
        var field = new Apache.Arrow.Field("n", new Decimal128Type(38, 0), true);
        var appender = MlOps.Data.Columns.ColumnAppender.For(field);
        appender.AppendValue(Int128.Parse("99999999999999999999999999999999999999", System.Globalization.CultureInfo.InvariantCulture));
        return new Apache.Arrow.RecordBatch(new Apache.Arrow.Schema([field], null), [appender.Build()], 1);
    }
}
