using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MlOps.Data.Sources;

namespace MlOps.Data.Tests.Files;

public sealed class DamagedArrowTests
{
    [Fact]
    public void A_length_that_the_file_cannot_hold_is_refused_before_memory_is_taken()
    {
        var memory = new ArrowFileMemory(fileLength: 100);
        Assert.Equal(4_000, memory.Allocate(4_000).Memory.Length);
        var error = Assert.Throws<InvalidDataException>(() => memory.Allocate(int.MaxValue));
        Assert.Contains("its 100 bytes cannot hold", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Cells_that_are_said_to_be_missing_without_a_bitmap_are_a_defect(int missing)
    {
        var array = new Int64Array(new ArrayData(Int64Type.Default, 2, missing, 0, [ArrowBuffer.Empty, new ArrowBuffer(new byte[16])]));
        var batch = new RecordBatch(new Schema([new Field("n", Int64Type.Default, true)], metadata: null), [array], 2);
        var error = Assert.Throws<InvalidDataException>(() => ArrowArrayDefect.ThrowIfAny(batch));
        Assert.Contains($"column 'n' {missing} of 2 cells are said to be missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0x1000_0000)]
    [InlineData(0x0010_0000)]
    [InlineData(-8)]
    public void No_four_damaged_bytes_make_the_reader_take_memory_that_the_file_does_not_fill(int damage)
    {
        var whole = Written();
        var refused = 0;
        for (var at = 0; at + sizeof(int) <= whole.Length; at += sizeof(int))
        {
            var bytes = whole.ToArray();
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), damage);
            var before = GC.GetAllocatedBytesForCurrentThread();
            refused += Read(bytes) ? 0 : 1;

            // A file of three kilobytes: what is taken is for the tables of the reader itself.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        }

        Assert.InRange(refused, whole.Length / sizeof(int) / 20, whole.Length / sizeof(int));
    }

    [Fact]
    public void Columns_within_columns_without_end_are_refused_before_the_reader_follows_them()
    {
        IArrowType type = Int32Type.Default;
        for (var depth = 0; depth < 100; depth++)
        {
            type = new ListType(new Field("inner", type, true));
        }

        using var bytes = new MemoryStream();
        using (var writer = new ArrowFileWriter(bytes, new Schema([new Field("deep", type, true)], metadata: null), leaveOpen: true))
        {
            writer.WriteStart();
            writer.WriteEnd();
        }

        bytes.Position = 0;
        using var reader = new ArrowFileReader(new ArrowFileStream(bytes), leaveOpen: true);
        var error = Assert.Throws<InvalidDataException>(() => reader.Schema);
        Assert.Contains("more than 64 deep", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(39, 2, false)]
    [InlineData(10, 11, false)]
    [InlineData(10, -1, true)]
    [InlineData(0, 0, true)]
    public async Task Decimals_of_more_digits_than_there_are_are_refused(int precision, int scale, bool isCoded)
    {
        IArrowType type = new Decimal128Type(precision, scale);
        var schema = new Schema([new Field("price", isCoded ? new DictionaryType(Int32Type.Default, type, false) : type, true)], metadata: null);
        using var bytes = new MemoryStream();
        using (var writer = new ArrowFileWriter(bytes, schema, leaveOpen: true))
        {
            writer.WriteStart();
            writer.WriteEnd();
        }

        var data = Dataset.FromArrow("prices", _ => Task.FromResult<Stream>(new MemoryStream(bytes.ToArray())));
        var error = await Assert.ThrowsAsync<MlOpsException>(async () => await data.GetSchemaAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains("'price'", error.Message, StringComparison.Ordinal);
    }

    // A dictionary, views, a list and a struct: what describes them has all that the reader counts by.
    private static byte[] Written()
    {
        var keys = new Int32Array.Builder().Append(0).Append(1).AppendNull().Build();
        var values = new StringArray.Builder().Append("x").Append("a longer text than fits").Build();
        var coded = new DictionaryType(Int32Type.Default, StringType.Default, false);
        var views = new StringViewArray.Builder().Append("short").AppendNull().Append("more than twelve characters").Build();
        var list = new ListArray.Builder(Int64Type.Default);
        ((Int64Array.Builder)list.Append().ValueBuilder).Append(1).Append(2);
        list.AppendNull();
        ((Int64Array.Builder)list.Append().ValueBuilder).Append(3);
        var lists = list.Build();
        var schema = new Schema.Builder()
            .Field(new Field("dictionary", coded, true))
            .Field(new Field("view", StringViewType.Default, true))
            .Field(new Field("list", lists.Data.DataType, true))
            .Metadata("made", "here")
            .Build();
        using var bytes = new MemoryStream();
        using (var writer = new ArrowFileWriter(bytes, schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(new RecordBatch(schema, [new DictionaryArray(coded, keys, values), views, lists], 3));
            writer.WriteEnd();
        }

        return bytes.ToArray();
    }

    private static bool Read(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        using var reader = new ArrowFileReader(new ArrowFileStream(file), new ArrowFileMemory(bytes.Length), leaveOpen: true);
        try
        {
            while (reader.ReadNextRecordBatch() is { } batch)
            {
                ArrowArrayDefect.ThrowIfAny(batch);
            }

            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return false;
        }
    }
}
