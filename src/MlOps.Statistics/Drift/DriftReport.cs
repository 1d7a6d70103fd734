using System.Globalization;
using System.Text;

namespace MlOps.Statistics;

/// <summary>The verdicts on the columns of one comparison, corrected for their number.</summary>
/// <remarks>
/// The family holds the value test and the missing-rate test of every column. A test that could not be done, because a side is empty or nothing
/// is missing anywhere, does not count in it. Drift is an adjusted p-value of at most alpha and an effect of at least the minimum.
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
        var list = columns.ToArray();
        var pValues = new double[2 * list.Length];
        for (var i = 0; i < list.Length; i++)
        {
            pValues[2 * i] = DriftVerdict.HasValueTest(list[i]) ? list[i].PValue : double.NaN;
            pValues[(2 * i) + 1] = DriftVerdict.HasMissingTest(list[i]) ? list[i].MissingPValue : double.NaN;
        }

        var adjusted = new double[pValues.Length];
        MultipleTesting.Adjust(pValues, adjusted, options.Correction);
        var family = options.Correction == MultipleTestingCorrection.None ? 1 : pValues.Count(p => !double.IsNaN(p));
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = DriftVerdict.Decide(list[i], OrOne(adjusted[2 * i]), OrOne(adjusted[(2 * i) + 1]), family, options);
        }

        return new DriftReport(list, options);

        static double OrOne(double p) => double.IsNaN(p) ? 1 : p;
    }

    /// <summary>A table of one line a column, and the reasons.</summary>
    public override string ToString()
    {
        var width = Math.Max(6, Columns.Select(column => column.Column.Length).DefaultIfEmpty(0).Max());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{DriftedColumns.Count} of {Columns.Count} columns drifted (alpha {Options.Alpha}, {Options.Correction})\n");
        foreach (var column in Columns)
        {
            var verdict = column.HasDrift ? "DRIFT" : "-";
            text.Append(column.Column.PadRight(width)).Append("  ").Append(verdict.PadRight(5)).Append("  ").Append(column.Reason).Append('\n');
        }

        return text.ToString();
    }
}
