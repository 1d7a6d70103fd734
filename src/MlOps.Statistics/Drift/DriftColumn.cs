using System.Diagnostics;
using System.Globalization;

namespace MlOps.Statistics;

/// <summary>A named column of one table, for comparisons of whole tables by <see cref="DriftReport.Between"/>.</summary>
/// <remarks>Holds the values it was given and copies none of them twice; immutable.</remarks>
[DebuggerDisplay("{Name}: {Kind}, {Count} rows")]
public sealed class DriftColumn
{
    private readonly double[]? _numbers;
    private readonly string?[]? _texts;
    private readonly DateTime?[]? _times;

    private DriftColumn(string name, DriftColumnKind kind, double[]? numbers, string?[]? texts, DateTime?[]? times)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Name, Kind, _numbers, _texts, _times) = (name, kind, numbers, texts, times);
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>How the column is compared.</summary>
    public DriftColumnKind Kind { get; }

    /// <summary>The rows, missing ones too.</summary>
    public int Count => _numbers?.Length ?? _texts?.Length ?? _times!.Length;

    /// <summary>A column of numbers; NaN is missing.</summary>
    public static DriftColumn Numeric(string name, ReadOnlySpan<double> values) =>
        new(name, DriftColumnKind.Numeric, values.ToArray(), null, null);

    /// <summary>A column of categories; null is missing.</summary>
    public static DriftColumn Categorical(string name, IEnumerable<string?> values) =>
        new(name, DriftColumnKind.Categorical, null, [.. values], null);

    /// <summary>A column of true and false; null is missing.</summary>
    public static DriftColumn Boolean(string name, IEnumerable<bool?> values) => new(
        name, DriftColumnKind.Boolean, null,
        [.. values.Select(value => value switch { true => "true", false => "false", null => null })], null);

    /// <summary>A column of times; null is missing.</summary>
    public static DriftColumn DateTime(string name, IEnumerable<DateTime?> values) =>
        new(name, DriftColumnKind.DateTime, null, null, [.. values]);

    /// <summary>A column of free text, compared by length; null is missing.</summary>
    public static DriftColumn TextLength(string name, IEnumerable<string?> values) =>
        new(name, DriftColumnKind.TextLength, null, [.. values], null);

    /// <summary>A column of a text file: null and empty are missing, and the kind is the narrowest that all values fit.</summary>
    /// <remarks>
    /// Numbers and times are read in the invariant culture; "true" and "false" in any case are booleans; text of more than 50 different
    /// values of
    /// which most occur once is free text, and other text a category.
    /// </remarks>
    public static DriftColumn Parse(string name, IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string?[] texts = [.. values.Select(value => string.IsNullOrWhiteSpace(value) ? null : value.Trim())];
        var present = texts.OfType<string>().ToList();
        if (present.TrueForAll(text => bool.TryParse(text, out _)))
        {
            return new DriftColumn(name, DriftColumnKind.Boolean, null, [.. texts.Select(Lower)], null);
        }

        if (present.TrueForAll(text => !double.IsNaN(Number(text))))
        {
            return Numeric(name, [.. texts.Select(Number)]);
        }

        if (present.TrueForAll(text => Time(text) is not null))
        {
            return DateTime(name, texts.Select(Time));
        }

        var different = present.Distinct(StringComparer.Ordinal).Count();
        return different > 50 && 2 * different > present.Count ? TextLength(name, texts) : Categorical(name, texts);
    }

    /// <summary>The finding on a column that one table lacks.</summary>
    internal static ColumnDrift OneSided(DriftColumn column, bool isNew, DriftOptions options)
    {
        var compared = DriftTest.Numeric(column.Name, [], [], options);
        var facts = isNew
            ? $"the column is new: the reference has no '{column.Name}', so add it to the reference or drop it"
            : $"the column is gone: the current table has no '{column.Name}', which models that read it will miss";
        compared = compared with { Kind = column.Kind, Findings = [TypeChange(facts, double.NaN, 1, options)] };
        return ColumnComparison.Decide(compared, options);
    }

    /// <summary>Compares another column with this one by the kind of this one.</summary>
    internal ColumnDrift Compare(DriftColumn current, DriftOptions options)
    {
        options.Check();
        switch (Kind)
        {
            case DriftColumnKind.Numeric:
                var numbers = current._numbers ?? [.. current.Texts().Select(Number)];
                var byNumber = DriftTest.Numeric(Name, _numbers!, numbers, options);
                return WithTypeChange(byNumber, current, numbers.Count(double.IsNaN), "number", options);
            case DriftColumnKind.DateTime:
                var times = current._times ?? [.. current.Texts().Select(Time)];
                var byTime = DriftTest.DateTime(Name, _times!, times, options);
                return WithTypeChange(byTime, current, times.Count(time => time is null), "time", options);
            case DriftColumnKind.TextLength:
                return DriftTest.TextLength(Name, _texts!, current.Texts(), options);
            case DriftColumnKind.Boolean:
                string?[] flags = [.. current.Texts().Select(Flag)];
                var compared = DriftTest.Categorical(Name, _texts!, flags, options) with { Kind = Kind };
                return WithTypeChange(compared, current, flags.Count(flag => flag is null), "true or false", options);
            default:
                return DriftTest.Categorical(Name, _texts!, current.Texts(), options);
        }
    }

    private static DriftFinding TypeChange(string facts, double p, double share, DriftOptions options) => new()
    {
        Kind = DriftFindingKind.TypeChange,
        TestName = "values of another type",
        PValue = p,
        EffectName = "share of values of another type",
        Effect = share,
        MinimumEffect = options.MinimumShare,
        Facts = facts,
    };

    private static string? Lower(string? text) => text?.ToLowerInvariant();

    private static string? Flag(string? text) => bool.TryParse(text, out var flag) ? (flag ? "true" : "false") : null;

    private static double Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static DateTime? Time(string? text) =>
        System.DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>
    /// What could not be read as the reference's type: no value of the reference was such, so the change is certain and has a p-value too.
    /// </summary>
    private ColumnDrift WithTypeChange(ColumnDrift compared, DriftColumn current, int unread, string type, DriftOptions options)
    {
        var missing = current.Texts().Count(text => text is null);
        var other = unread - missing;
        if (other <= 0)
        {
            return compared;
        }

        var present = current.Count - missing;
        var share = (double)other / present;
        var example = current.Texts().First(text => text is not null && IsUnread(text));
        var facts = string.Create(
            CultureInfo.InvariantCulture,
            $"{share:0.##%} of the values are no {type}, such as '{example}', where all of the reference are");
        var finding = TypeChange(
            facts,
            compared.ReferenceCount == 0 ? double.NaN : ShareTest.PValue(0, compared.ReferenceCount, other, present),
            share,
            options);
        var missingRate = compared.Findings[^1];
        // A value that cannot be read is not missing: it is counted once, as a change of type.
        var rows = compared.ReferenceCount == 0 ? missingRate : ColumnComparison.Missing(
            new ColumnSizes(Name, compared.ReferenceCount, Count - compared.ReferenceCount, present, missing), options);
        return ColumnComparison.Decide(
            compared with
            {
                CurrentMissingRate = (double)missing / current.Count,
                Findings = [.. compared.Findings.SkipLast(1), finding, rows],
            },
            options);

        bool IsUnread(string text) => Kind switch
        {
            DriftColumnKind.Numeric => double.IsNaN(Number(text)),
            DriftColumnKind.DateTime => Time(text) is null,
            _ => Flag(text) is null,
        };
    }

    private IEnumerable<string?> Texts() => _texts
        ?? _numbers?.Select(number => double.IsNaN(number) ? null : number.ToString(CultureInfo.InvariantCulture))
        ?? _times!.Select(time => time?.ToString("O", CultureInfo.InvariantCulture));
}
