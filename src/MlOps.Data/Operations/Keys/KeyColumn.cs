using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data.Operations.Keys;

/// <summary>Writes the cells of one column so that equal values have equal bytes, whatever the column's width.</summary>
internal abstract class KeyColumn
{
    /// <summary>How the cells of a column are written when compared with each other.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: its values cannot be compared.</exception>
    public static KeyColumn For(Field field, string dataset) => TryCreate(field.DataType) ?? throw new MlOpsException(
        ErrorCodes.ColumnType, $"The column '{field.Name}' of '{dataset}' has the type {field.DataType.Name}, whose values cannot be compared as keys.");

    /// <summary>How the cells of two columns are written when compared with each other; whole numbers of any width are, and times of any unit.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: the types do not fit.</exception>
    public static (KeyColumn Left, KeyColumn Right) For(Field left, string leftDataset, Field right, string rightDataset)
    {
        var (one, other) = (For(left, leftDataset), For(right, rightDataset));
        if (one.GetType() == other.GetType() && (one is not FixedKey || FixedKey.SameType(left.DataType, right.DataType)))
        {
            return (one, other);
        }

        return ColumnReader.KindOf(left.DataType) == ColumnKind.Time && ColumnReader.KindOf(right.DataType) == ColumnKind.Time
            ? (new TimeKey(), new TimeKey())
            : throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The key '{left.Name}' is {left.DataType.Name} in '{leftDataset}' and '{right.Name}' is {right.DataType.Name} in '{rightDataset}': "
                + "keys need types that can be compared. Give one of them the other's type with WithColumn, or when reading.");
    }

    /// <summary>Turns to the cells of the next batch.</summary>
    public abstract void Start(IArrowArray array);

    /// <summary>Whether a cell holds nothing: null or NaN.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The most bytes that <see cref="Write"/> needs for a cell.</summary>
    public abstract int Size(int row);

    /// <summary>Writes a cell that is not missing.</summary>
    /// <returns>How many bytes.</returns>
    public abstract int Write(int row, Span<byte> destination);

    private static KeyColumn? TryCreate(IArrowType type) => type switch
    {
        Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type or UInt64Type => new IntegerKey(),
        FloatType or DoubleType or HalfFloatType => new RealKey(),
        StringType or BinaryType => new BytesKey(),
        BooleanType => new BooleanKey(),
        FixedWidthType { BitWidth: var bits } when bits % 8 == 0 => new FixedKey(bits / 8),
        _ => null,
    };

    private abstract class ArrayKey : KeyColumn
    {
        protected IArrowArray Array { get; private set; } = null!;

        public override void Start(IArrowArray array) => Array = array;

        public override bool IsMissing(int row) => Array.NullCount > 0 && Array.IsNull(row);
    }

    private sealed class IntegerKey : ArrayKey
    {
        public override int Size(int row) => 9;

        public override int Write(int row, Span<byte> destination)
        {
            // The sign has a byte of its own: the greatest of 64 bits without a sign look like negative ones.
            var value = Array switch
            {
                Int64Array a => a.Values[row],
                Int32Array a => a.Values[row],
                Int16Array a => a.Values[row],
                Int8Array a => a.Values[row],
                UInt32Array a => a.Values[row],
                UInt16Array a => a.Values[row],
                UInt8Array a => a.Values[row],
                _ => unchecked((long)((UInt64Array)Array).Values[row]),
            };
            destination[0] = value < 0 && Array is not UInt64Array ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt64LittleEndian(destination[1..], value);
            return 9;
        }
    }

    private sealed class RealKey : ArrayKey
    {
        private double[] _values = [];

        public override void Start(IArrowArray array)
        {
            base.Start(array);
            _values = _values.Length < array.Length ? new double[array.Length] : _values;
            new ColumnReader(array, "key").ReadNumbers(_values.AsSpan(0, array.Length));
        }

        public override bool IsMissing(int row) => double.IsNaN(_values[row]);

        public override int Size(int row) => 8;

        public override int Write(int row, Span<byte> destination)
        {
            // Adding 0 makes one zero of both.
            BinaryPrimitives.WriteDoubleLittleEndian(destination, _values[row] + 0.0);
            return 8;
        }
    }

    private sealed class TimeKey : ArrayKey
    {
        private long[] _ticks = [];

        public override void Start(IArrowArray array)
        {
            base.Start(array);
            _ticks = _ticks.Length < array.Length ? new long[array.Length] : _ticks;
            new ColumnReader(array, "key").ReadTicks(_ticks.AsSpan(0, array.Length));
        }

        public override int Size(int row) => 8;

        public override int Write(int row, Span<byte> destination)
        {
            BinaryPrimitives.WriteInt64LittleEndian(destination, _ticks[row]);
            return 8;
        }
    }

    private sealed class BytesKey : ArrayKey
    {
        public override int Size(int row)
        {
            var (start, end) = Range(row);
            return 4 + end - start;
        }

        public override int Write(int row, Span<byte> destination)
        {
            var (start, end) = Range(row);
            BinaryPrimitives.WriteInt32LittleEndian(destination, end - start);
            Array.Data.Buffers[2].Span[start..end].CopyTo(destination[4..]);
            return 4 + end - start;
        }

        private (int Start, int End) Range(int row)
        {
            var offsets = MemoryMarshal.Cast<byte, int>(Array.Data.Buffers[1].Span);
            return (offsets[Array.Data.Offset + row], offsets[Array.Data.Offset + row + 1]);
        }
    }

    private sealed class BooleanKey : ArrayKey
    {
        public override int Size(int row) => 1;

        public override int Write(int row, Span<byte> destination)
        {
            destination[0] = ((BooleanArray)Array).GetValue(row) == true ? (byte)1 : (byte)0;
            return 1;
        }
    }

    private sealed class FixedKey(int width) : ArrayKey
    {
        public static bool SameType(IArrowType left, IArrowType right) => (left, right) switch
        {
            (TimestampType one, TimestampType other) => one.Unit == other.Unit,
            (TimeBasedType one, TimeBasedType other) => one.TypeId == other.TypeId && one.Unit == other.Unit,
            (Decimal128Type one, Decimal128Type other) => one.Scale == other.Scale,
            (Decimal256Type one, Decimal256Type other) => one.Scale == other.Scale,
            _ => left.TypeId == right.TypeId && ((FixedWidthType)left).BitWidth == ((FixedWidthType)right).BitWidth,
        };

        public override int Size(int row) => width;

        public override int Write(int row, Span<byte> destination)
        {
            Array.Data.Buffers[1].Span.Slice((Array.Data.Offset + row) * width, width).CopyTo(destination);
            return width;
        }
    }
}
