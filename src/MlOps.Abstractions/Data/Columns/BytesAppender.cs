using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Collects strings (UTF-8) and binary values.</summary>
internal sealed class BytesAppender : ColumnAppender
{
    private byte[] _bytes = [];
    private int[] _ends = new int[65];
    private int _used;
    private int _count;

    public BytesAppender(IArrowType type)
    {
        Type = type;
    }

    private protected override IArrowType Type { get; }

    public void Add(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_used));
        End();
    }

    public void Add(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_used));
        _used += value.Length;
        End();
    }

    private protected override void AddEmpty() => End();

    private protected override void CopyRun(IArrowArray array, int start, int count, ReadOnlySpan<byte> valid)
    {
        if (count == 0)
        {
            return;
        }

        var data = array.Data;
        var offsets = MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span).Slice(data.Offset + start, count + 1);
        var bytes = data.Buffers[2].Span;
        if (array.NullCount > 0)
        {
            for (var i = 0; i < count; i++)
            {
                Add(valid[i] == 0 ? default : bytes[offsets[i]..offsets[i + 1]]);
            }

            return;
        }

        var shift = _used - offsets[0];
        Reserve(offsets[count] - offsets[0]);
        bytes[offsets[0]..offsets[count]].CopyTo(_bytes.AsSpan(_used));
        _used += offsets[count] - offsets[0];
        ReserveEnds(count);
        for (var i = 1; i <= count; i++)
        {
            _ends[++_count] = offsets[i] + shift;
        }
    }

    private protected override ArrowBuffer[] ValueBuffers() =>
        [new ArrowBuffer(MemoryMarshal.AsBytes(_ends.AsSpan(0, _count + 1)).ToArray()), new ArrowBuffer(_bytes.AsMemory(0, _used))];

    private protected override void Clear() => (_bytes, _used, _count) = ([], 0, 0);

    private void End()
    {
        ReserveEnds(1);
        _ends[++_count] = _used;
    }

    private void ReserveEnds(int count)
    {
        if (_count + count >= _ends.Length)
        {
            System.Array.Resize(ref _ends, Math.Max(_count + count + 1, _ends.Length * 2));
        }
    }

    private void Reserve(int count)
    {
        var needed = checked(_used + count);
        if (needed > _bytes.Length)
        {
            System.Array.Resize(ref _bytes, (int)Math.Max(needed, Math.Min(2L * _bytes.Length, System.Array.MaxLength)));
        }
    }
}
