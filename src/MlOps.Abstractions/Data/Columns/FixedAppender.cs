using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Collects numbers, dates and times: values of one width.</summary>
internal sealed class FixedAppender : ColumnAppender
{
    private readonly int _width;
    private byte[] _bytes = [];
    private int _used;

    public FixedAppender(FixedWidthType type)
    {
        Type = type;
        _width = type.BitWidth / 8;
    }

    private protected override IArrowType Type { get; }

    public bool TryAdd<T>(T value)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != _width)
        {
            return false;
        }

        MemoryMarshal.Write(Grow(_width), in value);
        return true;
    }

    private protected override void AddEmpty() => Grow(_width).Clear();

    private protected override void CopyRun(IArrowArray array, int start, int count, ReadOnlySpan<byte> valid)
    {
        var data = array.Data;
        var target = Grow(count * _width);
        data.Buffers[1].Span.Slice((data.Offset + start) * _width, count * _width).CopyTo(target);
        if (array.NullCount > 0)
        {
            for (var i = 0; i < count; i++)
            {
                if (valid[i] == 0)
                {
                    target.Slice(i * _width, _width).Clear();
                }
            }
        }
    }

    private protected override ArrowBuffer[] ValueBuffers() => [new ArrowBuffer(_bytes.AsMemory(0, _used))];

    private protected override void Clear() => (_bytes, _used) = ([], 0);

    private Span<byte> Grow(int count)
    {
        if (_used + count > _bytes.Length)
        {
            System.Array.Resize(ref _bytes, Math.Max(_used + count, Math.Max(64, _bytes.Length * 2)));
        }

        var span = _bytes.AsSpan(_used, count);
        _used += count;
        return span;
    }
}
