using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data.Equality;

/// <summary>Whether two cells hold the same value, whatever the width or the unit.</summary>
internal static class CellEquality
{
    // Beyond it whole numbers differ where their doubles do not.
    private const double LargestExact = 1L << 53;

    public static bool AreEqual(ColumnKind kind, double tolerance, (RowBatch Batch, int Column, int Row) expected, (RowBatch Batch, int Column, int Row) actual)
    {
        var (isMissing, isOtherMissing) = (IsMissing(expected), IsMissing(actual));
        if (isMissing || isOtherMissing)
        {
            return isMissing && isOtherMissing;
        }

        return kind switch
        {
            ColumnKind.Text when Array(expected) is StringArray one && Array(actual) is StringArray other =>
                new Utf8Column(one)[expected.Row].SequenceEqual(new Utf8Column(other)[actual.Row]),
            ColumnKind.Number => AreNumbersEqual(tolerance, expected, actual),
            ColumnKind.Time => Ticks(expected) == Ticks(actual) && (!(HasNanoseconds(expected) || HasNanoseconds(actual)) || Text(expected) == Text(actual)),
            _ => string.Equals(Text(expected), Text(actual), StringComparison.Ordinal),
        };
    }

    private static bool AreNumbersEqual(double tolerance, (RowBatch Batch, int Column, int Row) expected, (RowBatch Batch, int Column, int Row) actual)
    {
        if (tolerance == 0 && Array(expected) is Int64Array one && Array(actual) is Int64Array other)
        {
            return one.Values[expected.Row] == other.Values[actual.Row];
        }

        var (first, second) = (Number(expected), Number(actual));
        return (first == second && Math.Abs(first) <= LargestExact)
            || (tolerance > 0 && Math.Abs(first - second) <= tolerance)
            || string.Equals(Text(expected), Text(actual), StringComparison.Ordinal);
    }

    private static IArrowArray Array((RowBatch Batch, int Column, int Row) cell) => cell.Batch.Batch.Column(cell.Column);

    private static bool IsMissing((RowBatch Batch, int Column, int Row) cell) => Array(cell) switch
    {
        var array when array.NullCount > 0 && array.IsNull(cell.Row) => true,
        DoubleArray doubles => double.IsNaN(doubles.Values[cell.Row]),
        FloatArray floats => float.IsNaN(floats.Values[cell.Row]),
        HalfFloatArray => cell.Batch.IsMissing(cell.Column, cell.Row),
        _ => false,
    };

    // Without decoding the column where it holds what is asked for.
    private static double Number((RowBatch Batch, int Column, int Row) cell) => Array(cell) switch
    {
        DoubleArray doubles => doubles.Values[cell.Row],
        FloatArray floats => floats.Values[cell.Row],
        Int64Array whole => whole.Values[cell.Row],
        Int32Array whole => whole.Values[cell.Row],
        _ => cell.Batch.Numbers(cell.Column)[cell.Row],
    };

    private static long Ticks((RowBatch Batch, int Column, int Row) cell) => cell.Batch.Ticks(cell.Column)[cell.Row];

    private static string? Text((RowBatch Batch, int Column, int Row) cell) => cell.Batch.TextAt(cell.Column, cell.Row);

    private static bool HasNanoseconds((RowBatch Batch, int Column, int Row) cell) =>
        Array(cell).Data.DataType is TimeBasedType { Unit: TimeUnit.Nanosecond };
}
