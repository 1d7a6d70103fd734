using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Abstractions.Tests.Data.Columns;

public sealed class ColumnReaderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> NumberTypes => [.. Arrays.Numbers.Keys];

    public static TheoryData<string> TextEncodings => [.. Arrays.Texts.Keys];

    public static TheoryData<string> TimeTypes => [.. Arrays.Times.Keys];

    public static TheoryData<string> AllTypes => [.. Arrays.All.Keys];

    [Theory]
    [MemberData(nameof(NumberTypes))]
    public void Every_type_of_number_reads_as_doubles_and_as_floats_and_null_as_NaN(string type)
    {
        var array = Arrays.Numbers[type];

        Assert.Equal([3, double.NaN, 5, 7], Numbers(array));
        Assert.Equal([3, float.NaN, 5, 7], Floats(array));
        Assert.Equal(ColumnKind.Number, new ColumnReader(array, "n").Kind);
    }

    [Theory]
    [MemberData(nameof(TextEncodings))]
    public void Every_encoding_of_text_reads_as_strings_and_null_as_null(string encoding)
    {
        var array = Arrays.Texts[encoding];

        Assert.Equal(["rot", null, "", "grün und länger als zweiunddreißig Zeichen"], Texts(array));
        Assert.Equal(ColumnKind.Text, new ColumnReader(array, "t").Kind);
    }

    [Theory]
    [MemberData(nameof(TimeTypes))]
    public void Times_of_every_unit_and_dates_read_as_ticks_in_UTC(string type)
    {
        var array = Arrays.Times[type];
        var day = Arrays.Day.UtcTicks;

        Assert.Equal([day, ColumnReader.MissingTicks, day - TimeSpan.TicksPerDay, DateTime.UnixEpoch.Ticks], Ticks(array));
        Assert.Equal(ColumnKind.Time, new ColumnReader(array, "at").Kind);
    }

    [Theory]
    [MemberData(nameof(TimeTypes))]
    public void Times_read_as_seconds_since_1970_and_as_ISO_8601(string type)
    {
        var array = Arrays.Times[type];
        var seconds = Arrays.Day.ToUnixTimeSeconds();

        Assert.Equal([seconds, double.NaN, seconds - 86_400, 0], Numbers(array));
        Assert.Equal(["2026-03-01T00:00:00Z", null, "2026-02-28T00:00:00Z", "1970-01-01T00:00:00Z"], Texts(array));
    }

    [Fact]
    public void Booleans_read_as_0_and_1_and_as_words()
    {
        var array = Arrays.All["bool"];

        Assert.Equal([1, double.NaN, 0, 1], Numbers(array));
        Assert.Equal([1, float.NaN, 0, 1], Floats(array));
        Assert.Equal(["true", null, "false", "true"], Texts(array));
        Assert.Equal(ColumnKind.Boolean, new ColumnReader(array, "b").Kind);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void A_slice_reads_from_its_own_first_row(string type)
    {
        var whole = Arrays.All[type];

        for (var offset = 0; offset <= whole.Length; offset++)
        {
            for (var length = 0; length <= whole.Length - offset; length++)
            {
                var slice = ArrowArrayFactory.Slice(whole, offset, length);
                Assert.Equal(Texts(whole)[offset..(offset + length)], Texts(slice));
                if (new ColumnReader(whole, "c").Kind is ColumnKind.Number or ColumnKind.Boolean or ColumnKind.Time)
                {
                    Assert.Equal(Numbers(whole)[offset..(offset + length)], Numbers(slice));
                    Assert.Equal(Floats(whole)[offset..(offset + length)], Floats(slice));
                }

                if (new ColumnReader(whole, "c").Kind == ColumnKind.Time)
                {
                    Assert.Equal(Ticks(whole)[offset..(offset + length)], Ticks(slice));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void A_run_of_cells_reads_as_the_same_cells_of_the_whole(string type)
    {
        var whole = Arrays.All[type];
        var slice = ArrowArrayFactory.Slice(whole, 1, whole.Length - 1);

        for (var row = 0; row < slice.Length; row++)
        {
            var text = new string?[1];
            new ColumnReader(slice, "c").ReadTexts(text, row);
            Assert.Equal(Texts(whole)[row + 1], text[0]);
        }
    }

    [Fact]
    public void Numbers_are_written_as_text_in_their_shortest_invariant_form()
    {
        using var culture = new CommaCulture();

        Assert.Equal(["0.1", "NaN", "-Infinity", "1E+300"], Texts(new DoubleArray.Builder().AppendRange([0.1, double.NaN, double.NegativeInfinity, 1e300]).Build()));
        Assert.Equal(["0.1"], Texts(new FloatArray.Builder().Append(0.1f).Build()));
        Assert.Equal(["18446744073709551615"], Texts(new UInt64Array.Builder().Append(ulong.MaxValue).Build()));
        Assert.Equal(["-12.50"], Texts(new Decimal128Array.Builder(new Decimal128Type(20, 2)).Append(-12.5m).Build()));
    }

    [Fact]
    public void NaN_stays_NaN_without_being_null_and_infinities_stay()
    {
        var array = new DoubleArray.Builder().AppendRange([double.NaN, double.PositiveInfinity, -0.0]).Build();

        Assert.Equal([double.NaN, double.PositiveInfinity, -0.0], Numbers(array));
        Assert.Equal([float.NaN, float.PositiveInfinity, -0f], Floats(array));
        Assert.Equal(0, array.NullCount);
    }

    [Fact]
    public void Whole_numbers_become_floats_in_one_rounding()
    {
        // Just above the middle of two floats; by way of a double it would become the middle, and then the even one below.
        const long Value = (1L << 61) + (1L << 37) + 1;

        Assert.Equal([MathF.ScaleB(1, 61) + MathF.ScaleB(1, 38)], Floats(new Int64Array.Builder().Append(Value).Build()));
    }

    [Fact]
    public void Nanoseconds_are_rounded_down_to_a_tick()
    {
        var array = new TimestampArray(new TimestampType(TimeUnit.Nanosecond, "UTC"), Int64Buffer(-1, -100, -101, 99, 100), ArrowBuffer.Empty, 5, 0, 0);
        var epoch = DateTime.UnixEpoch.Ticks;

        Assert.Equal([epoch - 1, epoch - 1, epoch - 2, epoch, epoch + 1], Ticks(array));
    }

    [Theory]
    [InlineData(TimeUnit.Second, TimeSpan.TicksPerSecond)]
    [InlineData(TimeUnit.Millisecond, TimeSpan.TicksPerMillisecond)]
    [InlineData(TimeUnit.Microsecond, TimeSpan.TicksPerMicrosecond)]
    public void The_first_and_last_times_of_a_unit_are_read_and_the_next_is_an_error_that_says_where(TimeUnit unit, long ticksPerUnit)
    {
        var type = new TimestampType(unit, "UTC");
        var first = -DateTime.UnixEpoch.Ticks / ticksPerUnit;
        var last = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / ticksPerUnit;

        Assert.Equal([0, DateTime.MaxValue.Ticks / ticksPerUnit * ticksPerUnit], Ticks(new TimestampArray(type, Int64Buffer(first, last), ArrowBuffer.Empty, 2, 0, 0)));
        foreach (var outside in (long[])[first - 1, last + 1, long.MinValue, long.MaxValue])
        {
            var array = new TimestampArray(type, Int64Buffer(0, outside), ArrowBuffer.Empty, 2, 0, 0);
            var error = Assert.Throws<MlOpsException>(() => new ColumnReader(array, "at", "flights").ReadTicks(new long[2]));
            Assert.Equal(ErrorCodes.ColumnType, error.Code);
            Assert.Contains($"'at' of the data set 'flights' holds the time {outside} ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_lies_under_a_missing_time_does_not_matter()
    {
        var array = new TimestampArray(new TimestampType(TimeUnit.Second, "UTC"), Int64Buffer(long.MaxValue, 0), new ArrowBuffer(new byte[] { 0b10 }), 2, 1, 0);

        Assert.Equal([ColumnReader.MissingTicks, DateTime.UnixEpoch.Ticks], Ticks(array));
    }

    [Fact]
    public void A_dictionary_may_be_longer_than_the_cells_read_and_may_hold_nulls()
    {
        var dictionary = new StringArray.Builder().Append("a").AppendNull().Append("c").Append("d").Append("e").Build();
        var array = Arrays.Encoded(new Int32Array.Builder().Append(4).Append(1).AppendNull().Build(), dictionary);

        Assert.Equal(["e", null, null], Texts(array));
    }

    [Fact]
    public void Binary_values_read_as_hexadecimal_digits()
    {
        Assert.Equal(["00ff", null], Texts(new BinaryArray.Builder().Append((byte[])[0, 255]).AppendNull().Build()));
        Assert.Equal(ColumnKind.Other, ColumnReader.KindOf(BinaryType.Default));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(5, 0)]
    [InlineData(-1, 1)]
    public void Cells_that_the_column_does_not_have_are_refused(int start, int count)
    {
        var numbers = Arrays.Numbers["double"];

        Assert.Throws<ArgumentOutOfRangeException>(() => new ColumnReader(numbers, "n").ReadNumbers(new double[count], start));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColumnReader(numbers, "n").ReadNumbers(new float[count], start));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColumnReader(numbers, "n").ReadTexts(new string?[count], start));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColumnReader(Arrays.Times["date32"], "n").ReadTicks(new long[count], start));
    }

    [Fact]
    public void A_column_of_another_kind_is_an_error_with_its_name_and_type()
    {
        var text = new ColumnReader(Arrays.Texts["string"], "carrier");

        var error = Assert.Throws<MlOpsException>(() => text.ReadNumbers(new double[4]));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Equal("The column 'carrier' has the type utf8 and cannot be read as a number.", error.Message);
        Assert.Throws<MlOpsException>(() => text.ReadTicks(new long[4]));
        Assert.Throws<MlOpsException>(() => new ColumnReader(Arrays.Numbers["double"], "n").ReadTicks(new long[4]));
        Assert.Throws<MlOpsException>(() => new ColumnReader(new NullArray(1), "n").ReadTexts(new string?[1]));
        Assert.Throws<MlOpsException>(() => new ColumnReader(Arrays.Texts["dictionary"], "n").ReadNumbers(new double[1]));
    }

    [Fact]
    public void Equal_short_texts_of_one_reading_are_one_object()
    {
        var texts = Texts(new StringArray.Builder().AppendRange(["UA", "DL", "UA"]).Build());

        Assert.Same(texts[0], texts[2]);
    }

    [Fact]
    public void The_text_of_a_time_has_a_fraction_only_where_there_is_one()
    {
        Assert.Equal("2026-03-01T12:00:00Z", ColumnReader.TimeText(Noon.UtcTicks));
        Assert.Equal("2026-03-01T12:00:00.0000001Z", ColumnReader.TimeText(Noon.UtcTicks + 1));
    }

    private static ArrowBuffer Int64Buffer(params long[] values) => new ArrowBuffer.Builder<long>().AppendRange(values).Build();

    private static double[] Numbers(IArrowArray array)
    {
        var numbers = new double[array.Length];
        new ColumnReader(array, "c").ReadNumbers(numbers);
        return numbers;
    }

    private static float[] Floats(IArrowArray array)
    {
        var numbers = new float[array.Length];
        new ColumnReader(array, "c").ReadNumbers(numbers);
        return numbers;
    }

    private static string?[] Texts(IArrowArray array)
    {
        var texts = new string?[array.Length];
        new ColumnReader(array, "c").ReadTexts(texts);
        return texts;
    }

    private static long[] Ticks(IArrowArray array)
    {
        var ticks = new long[array.Length];
        new ColumnReader(array, "c").ReadTicks(ticks);
        return ticks;
    }
}
