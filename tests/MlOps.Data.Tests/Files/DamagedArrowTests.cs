using Apache.Arrow;
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
}
