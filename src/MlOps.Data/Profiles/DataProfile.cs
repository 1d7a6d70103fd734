using System.Diagnostics;
using MlOps.Data.Profiles;
using MlOps.Reports;

namespace MlOps.Data;

/// <summary>What a data set looks like, column by column, from one pass in bounded memory. Immutable.</summary>
[DebuggerDisplay("{Name}: {RowCount} rows, {Columns.Count} columns")]
public sealed class DataProfile
{
    private readonly DataProfileOptions _options;

    internal DataProfile(string name, long rowCount, IEnumerable<ColumnSketch> columns, DataProfileOptions options)
    {
        (Name, RowCount, _options) = (name, rowCount, options);
        Columns = [.. columns.Select(column => new ColumnProfile(column, options))];
    }

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>How many rows were read.</summary>
    public long RowCount { get; }

    /// <summary>The columns, in the order of the data set.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>One column by name.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>.</exception>
    public ColumnProfile this[string column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(column);
            if (Columns.FirstOrDefault(own => own.Name == column) is { } found)
            {
                return found;
            }

            var nearest = NearestName.Of(column, Columns.Select(own => own.Name));
            throw new MlOpsException(
                ErrorCodes.ColumnNotFound,
                $"The profile of '{Name}' has no column '{column}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Its columns are: {string.Join(", ", Columns.Select(own => own.Name))}.");
        }
    }

    /// <summary>The profile of the rows of both, such as two days; counts, means and ranges are exact, estimates keep their bounds.</summary>
    /// <exception cref="ArgumentException">The columns differ in name or kind.</exception>
    public static DataProfile Merge(DataProfile left, DataProfile right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var others = right.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        if (left.Columns.Count != right.Columns.Count || left.Columns.FirstOrDefault(column => !others.TryGetValue(column.Name, out var other) || other.Type != column.Type) is not null)
        {
            throw new ArgumentException($"The profiles of '{left.Name}' and '{right.Name}' have other columns or other kinds of values: profile the same columns of both.", nameof(right));
        }

        return new DataProfile(
            left.Name, left.RowCount + right.RowCount, left.Columns.Select(column => ColumnSketch.Merge(column.Sketch, others[column.Name].Sketch)), left._options);
    }

    /// <summary>The profile as a document: a table of the columns, then each column's histogram or most frequent values.</summary>
    public Report ToReport() => DataProfileReport.Full(this);

    /// <summary>A table of the columns as plain text, at most 120 characters wide.</summary>
    public string ToText() => DataProfileReport.Summary(this).ToText();

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
