using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>About how many bytes plain columns take.</summary>
internal static class ArrowSize
{
    public static long Of(RecordBatch batch)
    {
        var bytes = 0L;
        for (var i = 0; i < batch.ColumnCount; i++)
        {
            bytes += Of(batch.Column(i));
        }

        return bytes;
    }

    private static long Of(IArrowArray array) => array switch
    {
        BinaryArray text => (4L * text.Length) + (text.Length == 0 ? 0 : text.ValueOffsets[text.Length] - text.ValueOffsets[0]),
        { Data.DataType: FixedWidthType { BitWidth: var bits } } => Math.Max(1, bits / 8) * (long)array.Length,
        _ => array.Length,
    };
}
