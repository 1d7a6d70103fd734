using System.Globalization;

namespace MlOps.Statistics;

/// <summary>Corrects the p-values of all findings as one family, decides each and says why.</summary>
internal static class DriftVerdict
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static ColumnDrift[] Decide(IReadOnlyList<ColumnDrift> columns, DriftOptions options)
    {
        double[] pValues = [.. columns.SelectMany(column => column.Findings).Select(finding => finding.PValue)];
        var adjusted = new double[pValues.Length];
        MultipleTesting.Adjust(pValues, adjusted, options.Correction);
        var family = options.Correction == MultipleTestingCorrection.None ? 1 : Math.Max(1, pValues.Count(p => !double.IsNaN(p)));
        var next = 0;
        return [.. columns.Select(column =>
        {
            DriftFinding[] findings =
                [.. column.Findings.Select(finding => Decide(finding, adjusted[next++], options.Alpha / family, options))];
            return Summarise(column with { Findings = findings }, options);
        })];
    }

    private static DriftFinding Decide(DriftFinding finding, double adjusted, double level, DriftOptions options)
    {
        var minimum = Minimum(finding, options);
        var evident = finding.Kind == DriftFindingKind.TypeChange && double.IsNaN(finding.PValue)
            ? finding.Effect > 0
            : adjusted <= options.Alpha;
        var matters = finding.Effect >= minimum || finding.CountsAnyway;
        var detectable = double.IsNaN(finding.PValue) || finding.Detectable is null
            ? double.NaN
            : Math.Max(minimum, finding.Detectable(level));
        var decided = finding with
        {
            AdjustedPValue = adjusted,
            MinimumEffect = minimum,
            SmallestDetectableEffect = detectable,
            HasDrift = evident && matters,
        };
        return decided with { Reason = Explain(decided, evident) };
    }

    /// <summary>A report may be given other options than its columns were first decided by.</summary>
    private static double Minimum(DriftFinding finding, DriftOptions options) => finding.Kind switch
    {
        DriftFindingKind.Values or DriftFindingKind.DayOfWeek => options.MinimumEffect,
        DriftFindingKind.Spread => options.MinimumSpreadChange,
        DriftFindingKind.RepeatedValue => options.MinimumRepeatedValueChange,
        DriftFindingKind.MissingRate => options.MinimumMissingRateChange,
        _ => options.MinimumShare,
    };

    private static string Explain(DriftFinding finding, bool evident)
    {
        var p = double.IsNaN(finding.AdjustedPValue) ? "" : string.Create(Invariant, $", adjusted p {finding.AdjustedPValue:0.##E+0}");
        if (finding.HasDrift)
        {
            return string.Create(Invariant, $"{Capital(finding.Facts)} (from {Size(finding, finding.MinimumEffect)} on it matters{p}).");
        }

        if (double.IsNaN(finding.PValue))
        {
            return "Not tested: there is nothing to compare.";
        }

        return evident
            ? $"{Capital(finding.Facts)}, which is evident{p} but too little to matter: below {Size(finding, finding.MinimumEffect)}."
            : $"No evidence of a change; a {finding.EffectName} of {Size(finding, finding.SmallestDetectableEffect)} "
                + "is found with power 80 %.";
    }

    private static ColumnDrift Summarise(ColumnDrift column, DriftOptions options)
    {
        var values = column.Findings[0];
        var missing = column.Findings[^1].Kind == DriftFindingKind.MissingRate ? column.Findings[^1] : null;
        var result = column with
        {
            PValue = OrOne(values.PValue),
            AdjustedPValue = OrOne(values.AdjustedPValue),
            MinimumEffect = values.MinimumEffect,
            SmallestDetectableEffect = values.SmallestDetectableEffect,
            MissingPValue = OrOne(missing?.PValue ?? 1),
            AdjustedMissingPValue = OrOne(missing?.AdjustedPValue ?? 1),
            HasDrift = column.Findings.Any(finding => finding.HasDrift),
        };
        return result with { Reason = Reason(result, values, missing, options) };

        static double OrOne(double p) => double.IsNaN(p) ? 1 : p;
    }

    private static string Reason(ColumnDrift column, DriftFinding values, DriftFinding? missing, DriftOptions options)
    {
        var sentences = column.Findings.Where(finding => finding.HasDrift).Select(finding => finding.Reason).ToList();
        if (sentences.Count == 0 && values.Kind == DriftFindingKind.Values)
        {
            sentences.AddRange(column.Findings.Where(finding => finding.AdjustedPValue <= options.Alpha).Select(finding => finding.Reason));
            if (double.IsNaN(values.PValue))
            {
                var side = column.ReferenceCount == 0 ? "reference" : "current sample";
                sentences.Add($"No verdict on the values: the {side} has none.");
            }
            else if (sentences.Count == 0)
            {
                sentences.Add(Pass(column, values, missing));
            }
        }

        if (column.Note.Length > 0)
        {
            sentences.Add(column.Note);
        }

        return string.Join(' ', sentences);
    }

    private static string Pass(ColumnDrift column, DriftFinding values, DriftFinding? missing)
    {
        var (n, m, smallest) = (column.ReferenceCount, column.CurrentCount, values.SmallestDetectableEffect);
        if (smallest >= 1)
        {
            return string.Create(Invariant, $"No evidence of drift, but {n} and {m} values are too few to be sure of seeing any.");
        }

        var unit = column.Move is null
            ? ""
            : string.Create(Invariant, $", such as all values moved by {column.Move(smallest):G3} in the column's unit,");
        var holes = missing is null || double.IsNaN(missing.SmallestDetectableEffect)
            ? ""
            : string.Create(
                Invariant,
                $", and a change of the share of missing values by {100 * missing.SmallestDetectableEffect:0.##} percentage points");
        return string.Create(
            Invariant,
            $"No drift: with {n} and {m} values a {values.EffectName} of {smallest:0.###}{unit}{holes} "
            + $"would have been flagged with power 80 %.");
    }

    private static string Size(DriftFinding finding, double size) =>
        finding.Kind is DriftFindingKind.Values or DriftFindingKind.DayOfWeek or DriftFindingKind.RepeatedValue
            ? size.ToString("0.###", Invariant)
            : size.ToString("0.##%", Invariant);

    private static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
