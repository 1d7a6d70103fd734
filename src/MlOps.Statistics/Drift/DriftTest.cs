namespace MlOps.Statistics;

/// <summary>Compares two samples that are both at hand; against a stored reference use <see cref="FittedReference"/>.</summary>
/// <remarks>
/// The findings on one column are corrected as a family of their own: give the results of several columns to <see cref="DriftReport.Of"/>,
/// or their
/// false alarms add up. Every test depends on order or counts alone, so one extreme value weighs as much as any other.
/// </remarks>
public static class DriftTest
{
    /// <summary>Compares numbers by the exact Kolmogorov–Smirnov distance, spread, frequent values and range; NaN is missing.</summary>
    /// <param name="column">The column's name, for the reason.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The options are no rule.</exception>
    public static ColumnDrift Numeric(
        string column, ReadOnlySpan<double> reference, ReadOnlySpan<double> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(column);
        options ??= new DriftOptions();
        options.Check();
        var x = ObservedValues.Sorted(reference);
        var y = ObservedValues.Sorted(current);
        var sizes = new ColumnSizes(column, x.Length, reference.Length - x.Length, y.Length, current.Length - y.Length);
        return ColumnComparison.Numeric(sizes, NumericCounts.Of(x, y), options);
    }

    /// <summary>Compares categories by the chi-squared test, new ones and vanished ones; null is missing.</summary>
    /// <param name="column">The column's name, for the reason.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The options are no rule.</exception>
    public static ColumnDrift Categorical(
        string column, IEnumerable<string?> reference, IEnumerable<string?> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(current);
        var sample = new CurrentSample(
            FittedReference.FitCategorical(reference, new FittedReferenceOptions { MaximumCategories = int.MaxValue }), column);
        foreach (var value in current)
        {
            sample.Add(value);
        }

        return sample.Compare(options);
    }

    /// <summary>Compares the share of true values; null is missing.</summary>
    /// <param name="column">The column's name, for the reason.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The options are no rule.</exception>
    public static ColumnDrift Boolean(string column, IEnumerable<bool?> reference, IEnumerable<bool?> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return Categorical(column, reference.Select(Name), current.Select(Name), options) with { Kind = DriftColumnKind.Boolean };

        static string? Name(bool? value) => value switch { true => "true", false => "false", null => null };
    }

    /// <summary>Compares times by time of day and day of week; that the calendar moves on is no drift, and null is missing.</summary>
    /// <param name="column">The column's name, for the reason.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge; spans of less than a week differ by their days of the week.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The options are no rule.</exception>
    public static ColumnDrift DateTime(
        string column, IEnumerable<DateTime?> reference, IEnumerable<DateTime?> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new DriftOptions();
        DateTime?[] x = [.. reference], y = [.. current];
        var hours = Numeric(column, Hours(x), Hours(y), options);
        var days = Categorical(column, x.Select(Day), y.Select(Day), options).Findings[0] with { Kind = DriftFindingKind.DayOfWeek };
        var facts = FormattableString.Invariant($"the days of the week changed: {days.EffectName} {days.Effect:0.###}");
        return ColumnComparison.Decide(
            hours with
            {
                Kind = DriftColumnKind.DateTime,
                Findings = [.. hours.Findings.Take(1), days with { Facts = facts }, .. hours.Findings.Skip(1)],
                Note = "Times are compared by hour of the day and day of the week, not by date.",
            },
            options);

        static double[] Hours(DateTime?[] times) => [.. times.Select(time => time?.TimeOfDay.TotalHours ?? double.NaN)];

        static string? Day(DateTime? time) => time?.DayOfWeek.ToString();
    }

    /// <summary>Compares free text by its length in UTF-16 code units; null is missing, an empty text has length 0.</summary>
    /// <param name="column">The column's name, for the reason.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The options are no rule.</exception>
    public static ColumnDrift TextLength(
        string column, IEnumerable<string?> reference, IEnumerable<string?> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new DriftOptions();
        return ColumnComparison.Decide(
            Numeric(column, Lengths(reference), Lengths(current), options) with
            {
                Kind = DriftColumnKind.TextLength,
                Note = "Texts are compared by their length, not by their words.",
            },
            options);

        static double[] Lengths(IEnumerable<string?> texts) => [.. texts.Select(text => text?.Length ?? double.NaN)];
    }

    /// <summary>
    /// Compares two columns by the kind of the reference; values of another type are a finding, and the rest is compared.
    /// </summary>
    /// <param name="reference">The column to compare with.</param>
    /// <param name="current">The column to judge.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The options are no rule.</exception>
    public static ColumnDrift Between(DriftColumn reference, DriftColumn current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return reference.Compare(current, options ?? new DriftOptions());
    }
}
