using System.Globalization;
using System.Text;

namespace MlOps.Statistics;

/// <summary>The verdicts on the columns of one comparison, corrected for their number.</summary>
/// <remarks>
/// The family holds every finding of every column that has a p-value. A test that could not be done, because a side is empty or nothing
/// is missing anywhere, does not count in it. Drift is an adjusted p-value of at most alpha and an effect of at least the finding's
/// minimum.
/// </remarks>
public sealed class DriftReport
{
    private DriftReport(IReadOnlyList<ColumnDrift> columns, DriftOptions options)
    {
        Columns = columns;
        Options = options;
        DriftedColumns = [.. columns.Where(column => column.HasDrift)];
    }

    /// <summary>Every column, in the order of the input.</summary>
    public IReadOnlyList<ColumnDrift> Columns { get; }

    /// <summary>The columns whose verdict is drift.</summary>
    public IReadOnlyList<ColumnDrift> DriftedColumns { get; }

    /// <summary>Whether any column drifted; with no drift anywhere it is true at most in a share alpha of reports.</summary>
    public bool HasDrift => DriftedColumns.Count > 0;

    /// <summary>The rule behind the verdicts.</summary>
    public DriftOptions Options { get; }

    /// <summary>Corrects the columns' p-values as one family and decides each anew; earlier corrections are discarded.</summary>
    /// <exception cref="ArgumentException">The options are no rule.</exception>
    public static DriftReport Of(IEnumerable<ColumnDrift> columns, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        options ??= new DriftOptions();
        options.Check();
        return new DriftReport(DriftVerdict.Decide([.. columns], options), options);
    }

    /// <summary>Compares two tables column by column, by name; a column that is on one side alone is a finding too.</summary>
    /// <param name="reference">The columns of the reference.</param>
    /// <param name="current">The current columns, in any order.</param>
    /// <param name="options">The rule; null takes the defaults.</param>
    /// <exception cref="ArgumentException">A name occurs twice on a side, or the options are no rule.</exception>
    public static DriftReport Between(IEnumerable<DriftColumn> reference, IEnumerable<DriftColumn> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new DriftOptions();
        options.Check();
        var known = reference.ToList();
        var before = known.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var after = current.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return Of(
            known.Select(column => after.TryGetValue(column.Name, out var other)
                    ? DriftTest.Between(column, other, options)
                    : DriftColumn.OneSided(column, isNew: false, options))
                .Concat(after.Values.Where(column => !before.ContainsKey(column.Name))
                    .Select(column => DriftColumn.OneSided(column, isNew: true, options))),
            options);
    }

    /// <summary>A table of one line a column, and the reasons.</summary>
    public override string ToString()
    {
        var width = Math.Max(6, Columns.Select(column => column.Column.Length).DefaultIfEmpty(0).Max());
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{DriftedColumns.Count} of {Columns.Count} columns drifted (alpha {Options.Alpha}, {Options.Correction})\n");
        foreach (var column in Columns)
        {
            var verdict = column.HasDrift ? "DRIFT" : "-";
            text.Append(column.Column.PadRight(width)).Append("  ").Append(verdict.PadRight(5))
                .Append("  ").Append(column.Reason).Append('\n');
        }

        return text.ToString();
    }
}
