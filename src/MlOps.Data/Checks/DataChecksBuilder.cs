using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Tables;

namespace MlOps.Data;

/// <summary>Collects the checks of a suite.</summary>
public sealed class DataChecksBuilder
{
    internal DataChecksBuilder()
    {
    }

    internal List<CheckRule> Rules { get; } = [];

    /// <summary>Adds checks on one column.</summary>
    public DataChecksBuilder Column(string column, Action<ColumnChecks> checks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentNullException.ThrowIfNull(checks);
        checks(new ColumnChecks(column, Rules));
        return this;
    }

    /// <summary>Adds a check of each row by a predicate.</summary>
    /// <param name="name">What must hold, in words.</param>
    /// <param name="predicate">Whether a row is right.</param>
    /// <param name="columns">What it reads; none for all columns.</param>
    public DataChecksBuilder Row(string name, Func<DatasetRow, bool> predicate, params IReadOnlyList<string> columns) =>
        Row(name, predicate, CheckSeverity.Error, 1, columns);

    /// <summary>Adds a check of each row by a predicate, with its severity and tolerance.</summary>
    /// <param name="name">What must hold, in words.</param>
    /// <param name="predicate">Whether a row is right.</param>
    /// <param name="severity">What a failure means.</param>
    /// <param name="mostly">The share of rows that must be right, above 0 to 1.</param>
    /// <param name="columns">What it reads; none for all columns.</param>
    public DataChecksBuilder Row(string name, Func<DatasetRow, bool> predicate, CheckSeverity severity, double mostly = 1, params IReadOnlyList<string> columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(predicate);
        ColumnChecks.RequireShare(mostly);
        Rules.Add(new CheckRule(new PredicateRule(name, predicate, columns)) { Severity = severity, Mostly = mostly });
        return this;
    }

    /// <summary>Adds limits, both inclusive, on how many rows there are; null for no limit.</summary>
    public DataChecksBuilder RowCount(long? min = null, long? max = null, CheckSeverity severity = CheckSeverity.Error)
    {
        if (min > max)
        {
            throw new ArgumentException($"The fewest rows ({min}) are more than the most ({max}).", nameof(min));
        }

        Rules.Add(new CheckRule(new RowCountRule(min, max)) { Severity = severity });
        return this;
    }
}
