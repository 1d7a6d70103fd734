using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Abstractions.Tests.Data.Columns;

public sealed class ColumnAppenderTests
{
    public static TheoryData<string> PlainTypes =>
        [.. Arrays.All.Where(each => ReferenceEquals(PlainColumns.Of(each.Value.Data.DataType), each.Value.Data.DataType)).Select(each => each.Key)];

    [Theory]
    [MemberData(nameof(PlainTypes))]
    public void Runs_of_a_slice_are_copied_with_their_nulls(string type)
    {
        var whole = Arrays.All[type];
        var slice = ArrowArrayFactory.Slice(whole, 1, 3);
        var appender = ColumnAppender.For(new Field("c", whole.Data.DataType, true));

        appender.Append(slice, 1, 2);
        appender.Append(slice, 0, 1);
        appender.AppendMissing();
        Assert.Equal(4, appender.Length);
        var built = appender.Build();

        var cells = Texts(whole);
        Assert.Equal([cells[2], cells[3], null, null], Texts(built));
        Assert.Equal(2, built.NullCount);
        Assert.Equal(0, appender.Length);
    }

    [Theory]
    [MemberData(nameof(PlainTypes))]
    public void Chosen_rows_are_copied_in_the_order_given(string type)
    {
        var whole = Arrays.All[type];
        var appender = ColumnAppender.For(new Field("c", whole.Data.DataType, true));

        appender.Append(whole, (int[])[3, 0, 1, 2, 3]);

        var cells = Texts(whole);
        Assert.Equal([cells[3], cells[0], null, cells[2], cells[3]], Texts(appender.Build()));
    }

    [Theory]
    [MemberData(nameof(PlainTypes))]
    public void A_plain_copy_has_the_bytes_that_an_appender_gives(string type)
    {
        var whole = Arrays.All[type];
        for (var start = 0; start <= whole.Length; start++)
        {
            for (var length = 0; length <= whole.Length - start; length++)
            {
                AssertPlainCopy(ArrowArrayFactory.Slice(whole, start, length));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void A_plain_copy_of_numbers_has_zeros_where_they_are_missing(int period)
    {
        // Numbers lie under the missing cells, as readers of files leave them.
        var values = Enumerable.Range(1, 100).Select(i => (long)i).ToArray();
        var bits = new ArrowBuffer.BitmapBuilder(values.Length);
        foreach (var value in values)
        {
            bits.Append(value % period != 0);
        }

        var whole = new Int64Array(
            new ArrowBuffer.Builder<long>().Append(values.AsSpan()).Build(), bits.Build(), values.Length, bits.UnsetBitCount, 0);
        foreach (var start in (int[])[0, 1, 8, 13, 16])
        {
            foreach (var length in (int[])[0, 1, 7, 8, 9, 64, 84])
            {
                AssertPlainCopy(ArrowArrayFactory.Slice(whole, start, length));
            }
        }
    }

    [Theory]
    [MemberData(nameof(PlainTypes))]
    public void Equal_cells_give_equal_bytes_however_they_came(string type)
    {
        var whole = Arrays.All[type];
        var field = new Field("c", whole.Data.DataType, true);
        var once = PlainColumns.Copy(whole, field, 0, whole.Length);
        var appender = ColumnAppender.For(field);
        for (var row = 0; row < whole.Length; row++)
        {
            appender.Append(ArrowArrayFactory.Slice(whole, row, 1), 0, 1);
        }

        var piecewise = appender.Build();

        Assert.Equal(once.Data.Buffers.Select(buffer => buffer.Span.ToArray()), piecewise.Data.Buffers.Select(buffer => buffer.Span.ToArray()));
    }

    [Fact]
    public void Values_are_appended_one_by_one()
    {
        Assert.Equal(["1.5", null], Built(DoubleType.Default, appender => appender.AppendValue(1.5)));
        Assert.Equal(["true", null], Built(BooleanType.Default, appender => appender.AppendBoolean(true)));
        Assert.Equal(["größer", null], Built(StringType.Default, appender => appender.AppendText("größer")));
        Assert.Equal(["00ff", null], Built(BinaryType.Default, appender => appender.AppendBytes([0, 255])));
        Assert.Equal(["1970-01-01T00:00:02Z", null], Built(new TimestampType(TimeUnit.Second, "UTC"), appender => appender.AppendValue(2L)));
    }

    [Fact]
    public void A_column_without_a_missing_cell_has_no_bitmap()
    {
        var appender = ColumnAppender.For(new Field("c", Int32Type.Default, true));
        appender.AppendValue(1);

        Assert.Equal(0, appender.Build().Data.Buffers[0].Length);
    }

    [Fact]
    public void A_value_of_another_type_is_refused_and_adds_nothing()
    {
        var appender = ColumnAppender.For(new Field("c", DoubleType.Default, true));

        Assert.Throws<InvalidOperationException>(() => appender.AppendValue(1));
        Assert.Throws<InvalidOperationException>(() => appender.AppendBoolean(true));
        Assert.Throws<InvalidOperationException>(() => appender.AppendText("1"));
        Assert.Throws<InvalidOperationException>(() => appender.AppendBytes([1]));
        Assert.Throws<ArgumentException>(() => appender.Append(Arrays.Numbers["float"], 0, 1));
        Assert.Equal(0, appender.Length);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    public void Rows_that_the_array_does_not_have_are_refused(int start, int count)
    {
        var appender = ColumnAppender.For(new Field("c", DoubleType.Default, true));

        Assert.Throws<ArgumentOutOfRangeException>(() => appender.Append(Arrays.Numbers["double"], start, count));
    }

    [Fact]
    public void A_nested_column_is_refused_with_its_name()
    {
        var error = Assert.Throws<MlOpsException>(() => ColumnAppender.For(new Field("tags", new ListType(StringType.Default), true)));

        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Contains("'tags'", error.Message, StringComparison.Ordinal);
    }

    private static string?[] Built(IArrowType type, Action<ColumnAppender> append)
    {
        var appender = ColumnAppender.For(new Field("c", type, true));
        append(appender);
        appender.AppendMissing();
        return Texts(appender.Build());
    }

    private static string?[] Texts(IArrowArray array)
    {
        var texts = new string?[array.Length];
        new ColumnReader(array, "c").ReadTexts(texts);
        return texts;
    }

    private static void AssertPlainCopy(IArrowArray array)
    {
        var field = new Field("c", array.Data.DataType, true);
        var expected = PlainColumns.Copy(array, field, 0, array.Length);
        var copy = PlainColumns.PlainCopy(array, field);
        Assert.Equal((expected.Length, expected.NullCount), (copy.Length, copy.NullCount));
        Assert.Equal(
            expected.Data.Buffers.Select(buffer => buffer.Span.ToArray()), copy.Data.Buffers.Select(buffer => buffer.Span.ToArray()));
    }
}
