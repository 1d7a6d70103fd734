using System.Diagnostics;
using System.Globalization;
using MlOps.Data.Profiles;
using MlOps.Reports;
using MlOps.Statistics;

namespace MlOps.Data;

/// <summary>How one profile differs from another, column by column. Immutable.</summary>
[DebuggerDisplay("{Findings.Count} findings, drift: {HasDrift}")]
public sealed class ProfileDrift
{
    private ProfileDrift(string reference, string current, IReadOnlyList<ProfileDriftFinding> findings)
    {
        (Reference, Current, Findings) = (reference, current, findings);
    }

    /// <summary>The name of the data compared with.</summary>
    public string Reference { get; }

    /// <summary>The name of the data judged.</summary>
    public string Current { get; }

    /// <summary>All comparisons: drift first, then undecided ones, each in the order of the columns.</summary>
    public IReadOnlyList<ProfileDriftFinding> Findings { get; }

    /// <summary>Whether any comparison found drift.</summary>
    public bool HasDrift => Findings.Any(finding => finding.Decision == SketchDecision.Drift);

    /// <summary>A table of the comparisons as plain text.</summary>
    public string ToText() => ToReport().ToText();

    /// <summary>The comparisons as a document.</summary>
    public Report ToReport() => new Report($"Drift of {Current} from {Reference}")
        .Subtitle(HasDrift ? "Drift." : Findings.Any(finding => finding.Decision == SketchDecision.Undecided)
            ? "No drift that the profiles can show." : "No drift.")
        .Section("Columns", section => section.Table(ReportTable.Of(
            Findings,
            ("Column", finding => new ReportCell(finding.Column)),
            ("Compared", finding => new ReportCell(finding.Aspect)),
            ("Verdict", finding => finding.Decision switch
            {
                SketchDecision.Drift => ReportCell.Bad("drift"),
                SketchDecision.NoDrift => ReportCell.Good("no drift"),
                _ => ReportCell.Warning("undecided"),
            }),
            ("Effect", finding => new ReportCell(Interval(finding.Effect))),
            ("p", finding => new ReportCell(Interval(finding.PValue))),
            ("Finding", finding => new ReportCell(finding.Explanation)))));

    /// <inheritdoc/>
    public override string ToString() => ToText();

    internal static ProfileDrift Compare(DataProfile reference, DataProfile current, DriftOptions options)
    {
        List<ProfileComparison> comparisons = [.. ProfileComparison.Of(reference, current, options)];
        var tested = comparisons.Where(comparison => !double.IsNaN(comparison.PValue.Lower)).ToArray();
        double[] lower = [.. tested.Select(comparison => comparison.PValue.Lower)];
        double[] upper = [.. tested.Select(comparison => comparison.PValue.Upper)];

        // An adjusted p-value never falls when a p-value rises, so that the bounds can be adjusted each for itself.
        MultipleTesting.Adjust(lower, lower, options.Correction);
        MultipleTesting.Adjust(upper, upper, options.Correction);
        for (var i = 0; i < tested.Length; i++)
        {
            tested[i].PValue = new StatisticInterval(lower[i], upper[i]);
        }

        return new ProfileDrift(reference.Name, current.Name,
        [
            .. comparisons.Select(comparison => comparison.Judged(options.Alpha)).OrderBy(finding => finding.Decision switch
            {
                SketchDecision.Drift => 0,
                SketchDecision.Undecided => 1,
                _ => 2,
            }),
        ]);
    }

    private static string Interval(StatisticInterval interval) => double.IsNaN(interval.Lower)
        ? ""
        : interval.IsExact
            || Text(interval.Lower) == Text(interval.Upper) ? Text(interval.Lower) : $"{Text(interval.Lower)} to {Text(interval.Upper)}";

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
