using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DuckDB.NET.Native;

namespace MlOps.DuckDb;

/// <summary>Copies cells of an Arrow column into a vector of DuckDB's.</summary>
internal abstract unsafe class VectorWriter
{
    public static VectorWriter For(Field field, DuckDBLogicalType type) => field.DataType switch
    {
        StringType or BinaryType => new BytesWriter(),
        BooleanType => new ConvertingWriter<byte>((array, row) => ((BooleanArray)array).GetValue(row) == true ? (byte)1 : (byte)0),
        HalfFloatType => new ConvertingWriter<float>((array, row) => (float)((HalfFloatArray)array).Values[row]),
        Date64Type => new ConvertingWriter<int>((array, row) => (int)(((Date64Array)array).Values[row] / 86_400_000)),
        Time32Type time => Times(((array, row) => ((Time32Array)array).Values[row]), time.Unit),
        Time64Type time => Times(((array, row) => ((Time64Array)array).Values[row]), time.Unit),
        TimestampType { Timezone.Length: > 0 } time => Times((array, row) => ((TimestampArray)array).Values[row], time.Unit),
        Decimal128Type => new FixedWriter(16, DecimalWidth(type)),
        FixedWidthType fixedWidth => new FixedWriter(fixedWidth.BitWidth / 8, fixedWidth.BitWidth / 8),
        _ => throw new InvalidOperationException($"No vector holds {field.DataType.Name}."),
    };

    public void Write(nint vector, IArrowArray array, int start, int count)
    {
        Copy(vector, array, start, count);
        if (array.NullCount == 0)
        {
            return;
        }

        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
        var validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        for (var i = 0; i < count; i++)
        {
            if (array.IsNull(start + i))
            {
                validity[i >> 6] &= ~(1UL << (i & 63));
            }
        }
    }

    protected abstract void Copy(nint vector, IArrowArray array, int start, int count);

    // DuckDB keeps times, and timestamps with a zone, in microseconds.
    private static ConvertingWriter<long> Times(Func<IArrowArray, int, long> value, TimeUnit unit) => unit switch
    {
        TimeUnit.Second => new ConvertingWriter<long>((array, row) => value(array, row) * 1_000_000),
        TimeUnit.Millisecond => new ConvertingWriter<long>((array, row) => value(array, row) * 1000),
        TimeUnit.Microsecond => new ConvertingWriter<long>(value),
        _ => new ConvertingWriter<long>((array, row) => (long)Math.Floor(value(array, row) / 1000m)),
    };

    private static int DecimalWidth(DuckDBLogicalType type) => NativeMethods.LogicalType.DuckDBDecimalInternalType(type) switch
    {
        DuckDBType.SmallInt => 2,
        DuckDBType.Integer => 4,
        DuckDBType.BigInt => 8,
        _ => 16,
    };

    private sealed class FixedWriter(int width, int kept) : VectorWriter
    {
        protected override void Copy(nint vector, IArrowArray array, int start, int count)
        {
            var cells = array.Data.Buffers[1].Span.Slice((array.Data.Offset + start) * width, count * width);
            var target = new Span<byte>(NativeMethods.Vectors.DuckDBVectorGetData(vector), count * kept);
            if (kept == width)
            {
                cells.CopyTo(target);
                return;
            }

            // Both are little-endian in two's complement, and the value fits: its low bytes are the value.
            for (var i = 0; i < count; i++)
            {
                cells.Slice(i * width, kept).CopyTo(target[(i * kept)..]);
            }
        }
    }

    private sealed class ConvertingWriter<T>(Func<IArrowArray, int, T> value) : VectorWriter
        where T : unmanaged
    {
        protected override void Copy(nint vector, IArrowArray array, int start, int count)
        {
            var target = new Span<T>(NativeMethods.Vectors.DuckDBVectorGetData(vector), count);
            for (var i = 0; i < count; i++)
            {
                target[i] = array.IsNull(start + i) ? default : value(array, start + i);
            }
        }
    }

    private sealed class BytesWriter : VectorWriter
    {
        protected override void Copy(nint vector, IArrowArray array, int start, int count)
        {
            var offsets = MemoryMarshal.Cast<byte, int>(array.Data.Buffers[1].Span).Slice(array.Data.Offset + start, count + 1);
            fixed (byte* bytes = array.Data.Buffers[2].Span)
            {
                byte none = 0;
                for (var i = 0; i < count; i++)
                {
                    var length = offsets[i + 1] - offsets[i];
                    NativeMethods.Vectors.DuckDBVectorAssignStringElementLength(vector, (ulong)i, length == 0 ? &none : bytes + offsets[i], length);
                }
            }
        }
    }
}
