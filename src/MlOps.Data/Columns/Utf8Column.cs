using Apache.Arrow;

namespace MlOps.Data.Columns;

/// <summary>The texts of a plain column as they lie there: UTF-8, without a string for each.</summary>
internal readonly ref struct Utf8Column
{
    private readonly ReadOnlySpan<int> _offsets;
    private readonly ReadOnlySpan<byte> _bytes;

    public Utf8Column(StringArray array)
    {
        if (array.Length > 0)
        {
            _offsets = array.ValueOffsets[..(array.Length + 1)];
            _bytes = array.Data.Buffers[2].Span;
        }
    }

    /// <summary>A row's bytes; none where missing.</summary>
    public ReadOnlySpan<byte> this[int row] => _bytes[_offsets[row].._offsets[row + 1]];
}
