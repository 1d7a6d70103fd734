namespace MlOps.Statistics;

/// <summary>Rows of numbers, one after the other in a span: a table as the multivariate statistics read it.</summary>
/// <remarks>Row i holds the values from <c>i * Columns</c>. The view copies nothing and lives no longer than the span.</remarks>
public readonly ref struct SampleMatrix
{
    /// <summary>Views a row-major span as rows of a number of columns.</summary>
    /// <exception cref="ArgumentException">There is no column, or the number of values is no multiple of the columns.</exception>
    public SampleMatrix(ReadOnlySpan<double> values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {columns} columns.", nameof(values));
        }

        Values = values;
        Columns = columns;
    }

    /// <summary>All values, row by row.</summary>
    public ReadOnlySpan<double> Values { get; }

    /// <summary>The number of columns, at least 1; 0 for the default value of this type alone.</summary>
    public int Columns { get; }

    /// <summary>The number of rows; may be 0.</summary>
    public int Rows => Columns == 0 ? 0 : Values.Length / Columns;

    /// <summary>One row's values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<double> this[int row] => Values.Slice(row * Columns, Columns);
}
