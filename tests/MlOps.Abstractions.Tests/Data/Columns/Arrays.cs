using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Abstractions.Tests.Data.Columns;

/// <summary>Arrays of every type that data sets hold, made anew for each caller: four cells, the second of them missing.</summary>
internal static class Arrays
{
    public static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Long = "grün und länger als zweiunddreißig Zeichen";

    /// <summary>3, missing, 5, 7.</summary>
    public static IReadOnlyDictionary<string, IArrowArray> Numbers => new Dictionary<string, IArrowArray>
    {
        ["double"] = new DoubleArray.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["float"] = new FloatArray.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["half"] = new HalfFloatArray.Builder().Append((Half)3).AppendNull().Append((Half)5).Append((Half)7).Build(),
        ["int8"] = new Int8Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["int16"] = new Int16Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["int32"] = new Int32Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["int64"] = new Int64Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["uint8"] = new UInt8Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["uint16"] = new UInt16Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["uint32"] = new UInt32Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["uint64"] = new UInt64Array.Builder().Append(3).AppendNull().Append(5).Append(7).Build(),
        ["decimal128"] = new Decimal128Array.Builder(new Decimal128Type(10, 2)).Append(3m).AppendNull().Append(5m).Append(7m).Build(),
        ["dictionary of int64"] = Encoded(
            new UInt8Array.Builder().Append(1).AppendNull().Append(0).Append(2).Build(),
            new Int64Array.Builder().AppendRange([5, 3, 7]).Build()),
    };

    /// <summary>A short text, missing, an empty text, a long text beyond ASCII.</summary>
    public static IReadOnlyDictionary<string, IArrowArray> Texts => new Dictionary<string, IArrowArray>
    {
        ["string"] = new StringArray.Builder().Append("rot").AppendNull().Append("").Append(Long).Build(),
        ["large string"] = LargeString(),
        ["string view"] = new StringViewArray.Builder().Append("rot").AppendNull().Append("").Append(Long).Build(),
        ["dictionary"] = Encoded(
            new Int16Array.Builder().Append(2).AppendNull().Append(0).Append(1).Build(),
            new StringArray.Builder().AppendRange(["", Long, "rot"]).Build()),
        ["dictionary of string view"] = Encoded(
            new Int32Array.Builder().Append(2).AppendNull().Append(0).Append(1).Build(),
            new StringViewArray.Builder().Append("").Append(Long).Append("rot").Build()),
    };

    /// <summary>The day, missing, the day before, and 1970-01-01.</summary>
    public static IReadOnlyDictionary<string, IArrowArray> Times => new Dictionary<string, IArrowArray>
    {
        ["seconds"] = Timestamps(TimeUnit.Second),
        ["milliseconds"] = Timestamps(TimeUnit.Millisecond),
        ["microseconds"] = Timestamps(TimeUnit.Microsecond),
        ["nanoseconds"] = Timestamps(TimeUnit.Nanosecond),
        ["date32"] = new Date32Array.Builder().Append(Day).AppendNull().Append(Day.AddDays(-1)).Append(DateTimeOffset.UnixEpoch).Build(),
        ["date64"] = new Date64Array.Builder().Append(Day).AppendNull().Append(Day.AddDays(-1)).Append(DateTimeOffset.UnixEpoch).Build(),
    };

    /// <summary>All of them, booleans and binary values.</summary>
    public static IReadOnlyDictionary<string, IArrowArray> All => new Dictionary<string, IArrowArray>(Numbers.Concat(Texts).Concat(Times))
    {
        ["bool"] = new BooleanArray.Builder().Append(true).AppendNull().Append(false).Append(true).Build(),
        ["binary"] = new BinaryArray.Builder().Append((byte[])[1, 2]).AppendNull().Append((byte[])[]).Append((byte[])[255]).Build(),
        ["binary view"] = new BinaryViewArray.Builder().Append((byte[])[1, 2]).AppendNull().Append((byte[])[]).Append((byte[])[255]).Build(),
    };

    public static DictionaryArray Encoded(IArrowArray indices, IArrowArray values) =>
        new(new DictionaryType(indices.Data.DataType, values.Data.DataType, false), indices, values);

    private static LargeStringArray LargeString()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes("rot" + Long);
        return new LargeStringArray(
            length: 4,
            new ArrowBuffer.Builder<long>().AppendRange([0, 3, 3, 3, bytes.Length]).Build(),
            new ArrowBuffer(bytes),
            new ArrowBuffer(new byte[] { 0b1101 }),
            nullCount: 1);
    }

    private static TimestampArray Timestamps(TimeUnit unit) => new TimestampArray.Builder(unit, "UTC")
        .Append(Day).AppendNull().Append(Day.AddDays(-1)).Append(DateTimeOffset.UnixEpoch).Build();
}
