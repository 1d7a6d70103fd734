using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Collects booleans, a bit each.</summary>
internal sealed class BooleanAppender : ColumnAppender
{
    private byte[] _bits = [];
    private int _count;

    private protected override IArrowType Type => BooleanType.Default;

    public void Add(bool value)
    {
        if ((_count >> 3) >= _bits.Length)
        {
            System.Array.Resize(ref _bits, Math.Max(64, _bits.Length * 2));
        }

        if (value)
        {
            _bits[_count >> 3] |= (byte)(1 << (_count & 7));
        }

        _count++;
    }

    private protected override void AddEmpty() => Add(false);

    private protected override void CopyRun(IArrowArray array, int start, int count, ReadOnlySpan<byte> valid)
    {
        var data = array.Data;
        var bits = data.Buffers[1].Span;
        for (var i = 0; i < count; i++)
        {
            var position = data.Offset + start + i;
            Add(valid[i] != 0 && (bits[position >> 3] & (1 << (position & 7))) != 0);
        }
    }

    private protected override ArrowBuffer[] ValueBuffers() => [new ArrowBuffer(_bits.AsMemory(0, (_count + 7) / 8))];

    private protected override void Clear() => (_bits, _count) = ([], 0);
}
