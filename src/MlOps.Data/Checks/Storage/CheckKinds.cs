using System.Globalization;
using System.Text.Json;
using System.Xml;
using MlOps.Data.Checks.Formats;
using MlOps.Data.Checks.Tables;
using MlOps.Statistics;

namespace MlOps.Data.Checks.Storage;

/// <summary>All checks that files may hold, each with the call that makes it.</summary>
internal static class CheckKinds
{
    public static IReadOnlyList<CheckKind> All { get; } =
    [
        OfColumn("not_null", (_, column) => column.NotNull()),
        OfColumn("all_null", (_, column) => column.AllNull()),
        OfColumn("of_type", (entry, column) => column.OfType(KindOf(entry.Type!)), ["type"]),
        OfColumn("unique", (_, column) => column.Unique()),
        OfColumn("in_range", AddRange, [], ["min", "max"]),
        OfColumn("in_time_range", AddTimeRange, [], ["from", "to"]),
        OfColumn("greater_than", (entry, column) => column.GreaterThan(entry.Min!.Value), ["min"]),
        OfColumn("less_than", (entry, column) => column.LessThan(entry.Max!.Value), ["max"]),
        OfColumn("finite", (_, column) => column.Finite()),
        OfColumn("whole", (_, column) => column.Whole()),
        OfColumn("outlier_free", (entry, column) => column.OutlierFree(entry.ZScore!.Value), ["z_score"]),
        OfColumn("in", (entry, column) => AddSet(entry, column.In, column.In), ["values"]),
        OfColumn("not_in", (entry, column) => AddSet(entry, column.NotIn, column.NotIn), ["values"]),
        OfColumn("contains_all", (entry, column) => column.ContainsAll(Texts(entry)), ["values"]),
        OfColumn("most_common_in", (entry, column) => column.MostCommonIn(Texts(entry)), ["values"]),
        OfColumn("matches", (entry, column) => column.Matches(entry.Pattern!), ["pattern"]),
        OfColumn("not_matches", (entry, column) => column.NotMatches(entry.Pattern!), ["pattern"]),
        OfColumn("has_format", (entry, column) => column.HasFormat(FormatOf(entry.Format!)), ["format"]),
        OfColumn("starts_with", (entry, column) => column.StartsWith(entry.Text!), ["text"]),
        OfColumn("ends_with", (entry, column) => column.EndsWith(entry.Text!), ["text"]),
        OfColumn("contains", (entry, column) => column.Contains(entry.Text!), ["text"]),
        OfColumn("length", AddLength, [], ["min", "max"]),
        OfColumn("increasing", (entry, column) => column.Increasing(entry.Strictly ?? false), [], ["strictly"]),
        OfColumn("decreasing", (entry, column) => column.Decreasing(entry.Strictly ?? false), [], ["strictly"]),
        OfColumn("less_than_column", (entry, column) => column.LessThan(entry.Other!), ["other"]),
        OfColumn("at_most_column", (entry, column) => column.AtMost(entry.Other!), ["other"]),
        OfColumn("equal_to_column", (entry, column) => column.EqualToColumn(entry.Other!), ["other"]),
        OfColumn("not_equal_to_column", (entry, column) => column.NotEqualToColumn(entry.Other!), ["other"]),
        OfColumn("at_least_column", (entry, column) => column.AtLeast(entry.Other!), ["other"]),
        OfColumn("greater_than_column", (entry, column) => column.GreaterThan(entry.Other!), ["other"]),
        OfColumn("median", (entry, column) => column.Median(entry.Min, entry.Max), [], ["min", "max"]),
        new("in_dataset", ["column", "data", "other"], [], (entry, checks) =>
            checks.Column(entry.Column!, column => column.InDataset(DataOf(entry, checks), entry.Other!))),
        new("like_baseline", ["column", "data"], ["alpha", "minimum_effect"], (entry, checks) =>
            checks.Column(entry.Column!, column => column.LikeBaseline(DataOf(entry, checks), DriftOf(entry)))),
        OfColumn("fresh", (entry, column) => column.Fresh(SpanOf(entry.MaxAge!), entry.ClockSkew is { } skew ? SpanOf(skew) : null), ["max_age"], ["clock_skew"]),
        new("equal_to_dataset", ["data"], ["columns", "tolerance"], (entry, checks) => checks.EqualTo(
            DataOf(entry, checks), new DatasetDiffOptions { Keys = entry.Columns ?? [], Tolerance = entry.Tolerance ?? 0 })),
        new("same_row_count", ["data"], [], (entry, checks) => checks.SameRowCountAs(DataOf(entry, checks))),
        .. MetricWords.Names.Where(name => name is not "unique_share").Select(OfMetric),
        new("unique_share", [], ["column", "columns", "min", "max"], AddUniqueShare),
        new("unique_key", ["columns"], [], (entry, checks) => checks.Unique(entry.Columns!)),
        new("expression", ["text"], [], (entry, checks) => checks.Expression(entry.Text!)),
        new("row_count", [], ["min", "max"], (entry, checks) => checks.RowCount(Whole(entry.Min, "min"), Whole(entry.Max, "max"))),
        new("column_count", [], ["min", "max"], (entry, checks) => checks.ColumnCount((int?)Whole(entry.Min, "min"), (int?)Whole(entry.Max, "max"))),
        new("column_set", ["columns"], ["exact", "ordered"], (entry, checks) => checks.ColumnSet(entry.Columns!, entry.Exact ?? true, entry.Ordered ?? false)),
        new("correlation", ["column", "other"], ["min", "max"], (entry, checks) => checks.Correlation(entry.Column!, entry.Other!, entry.Min, entry.Max)),
        new("mutual_information", ["column", "other"], ["min", "max"], (entry, checks) => checks.MutualInformation(entry.Column!, entry.Other!, entry.Min, entry.Max)),
        new("all", ["name", "checks"], [], (entry, checks) => checks.All(entry.Name!, inner => CheckFile.Add(entry.Checks!, inner))),
        new("any", ["name", "checks"], [], (entry, checks) => checks.Any(entry.Name!, inner => CheckFile.Add(entry.Checks!, inner))),
        new("not", ["name", "checks"], [], (entry, checks) => checks.Not(entry.Name!, inner => CheckFile.Add(entry.Checks!, inner))),
    ];

    public static CheckKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>What an entry says of its rule, by the names in the file.</summary>
    public static IEnumerable<string> Said(CheckEntry entry)
    {
        (string Name, bool Is)[] properties =
        [
            ("column", entry.Column is not null), ("columns", entry.Columns is not null), ("other", entry.Other is not null),
            ("min", entry.Min is not null), ("max", entry.Max is not null), ("from", entry.From is not null), ("to", entry.To is not null),
            ("values", entry.Values is not null), ("pattern", entry.Pattern is not null), ("text", entry.Text is not null),
            ("format", entry.Format is not null), ("type", entry.Type is not null), ("probability", entry.Probability is not null),
            ("z_score", entry.ZScore is not null), ("strictly", entry.Strictly is not null), ("exact", entry.Exact is not null),
            ("data", entry.Data is not null), ("tolerance", entry.Tolerance is not null), ("max_age", entry.MaxAge is not null),
            ("clock_skew", entry.ClockSkew is not null), ("alpha", entry.Alpha is not null), ("minimum_effect", entry.MinimumEffect is not null),
            ("ordered", entry.Ordered is not null), ("checks", entry.Checks is not null),
        ];
        return properties.Where(property => property.Is).Select(property => property.Name);
    }

    private static CheckKind OfColumn(
        string name, Action<CheckEntry, ColumnChecks> add, IReadOnlyList<string>? required = null, IReadOnlyList<string>? optional = null) =>
        new(name, ["column", .. required ?? []], optional ?? [], (entry, checks) => checks.Column(entry.Column!, column => add(entry, column)));

    private static CheckKind OfMetric(string name) => OfColumn(
        name,
        (entry, column) => AddMetric(name, entry, column),
        name == "quantile" ? ["probability"] : [],
        ["min", "max"]);

    private static void AddMetric(string name, CheckEntry entry, ColumnChecks column) => column.AddMetric(MetricWords.Find(name)!.Value, entry.Min, entry.Max, entry.Probability ?? 0.5);

    private static OtherDataset DataOf(CheckEntry entry, DataChecksBuilder checks) => checks.Open!(entry.Data!);

    private static DriftOptions DriftOf(CheckEntry entry)
    {
        var options = new DriftOptions();
        options = options with { Alpha = entry.Alpha ?? options.Alpha, MinimumEffect = entry.MinimumEffect ?? options.MinimumEffect };
        return options is { Alpha: > 0 and < 1, MinimumEffect: >= 0 and <= 1 }
            ? options
            : throw new ArgumentException("Its alpha has to lie between 0 and 1, both excluded, and its minimum_effect from 0 to 1.");
    }

    private static TimeSpan SpanOf(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException error)
        {
            throw new ArgumentException($"'{text}' is no span of time; write one as PT6H or P1D.", error);
        }
    }

    private static void AddUniqueShare(CheckEntry entry, DataChecksBuilder checks)
    {
        if ((entry.Column is null) == (entry.Columns is null))
        {
            throw new ArgumentException("It needs either a column or columns.");
        }

        if (entry.Column is { } column)
        {
            checks.Column(column, one => one.UniqueShare(entry.Min, entry.Max));
        }
        else
        {
            checks.UniqueShare(entry.Columns!, entry.Min, entry.Max);
        }
    }

    private static void AddRange(CheckEntry entry, ColumnChecks column) => column.InRange(
        entry is { Min: null, Max: null } ? throw new ArgumentException("It needs min, max or both.") : entry.Min ?? double.NegativeInfinity,
        entry.Max ?? double.PositiveInfinity);

    private static void AddTimeRange(CheckEntry entry, ColumnChecks column) => column.InRange(
        entry is { From: null, To: null } ? throw new ArgumentException("It needs from, to or both.") : TimeOf(entry.From) ?? DateTimeOffset.MinValue,
        TimeOf(entry.To) ?? DateTimeOffset.MaxValue);

    private static void AddLength(CheckEntry entry, ColumnChecks column)
    {
        switch (Whole(entry.Min, "min"), Whole(entry.Max, "max"))
        {
            case ({ } min, { } max): column.Length(checked((int)min), checked((int)max)); break;
            case ({ } min, null): column.MinLength(checked((int)min)); break;
            case (null, { } max): column.MaxLength(checked((int)max)); break;
            default: throw new ArgumentException("It needs min, max or both.");
        }
    }

    private static void AddSet(CheckEntry entry, Func<IReadOnlyList<string>, ColumnChecks> texts, Func<IReadOnlyList<double>, ColumnChecks> numbers)
    {
        if (entry.Values!.Count > 0 && entry.Values.All(value => value.ValueKind == JsonValueKind.Number))
        {
            numbers([.. entry.Values.Select(value => value.GetDouble())]);
        }
        else
        {
            texts(Texts(entry));
        }
    }

    private static IReadOnlyList<string> Texts(CheckEntry entry) => entry.Values!.All(value => value.ValueKind == JsonValueKind.String)
        ? [.. entry.Values!.Select(value => value.GetString()!)]
        : throw new ArgumentException("Its values have to be texts, all of them, or numbers where it is about numbers.");

    private static long? Whole(double? value, string name) => value switch
    {
        null => null,
        { } number when number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue * 1e6 => (long)number,
        _ => throw new ArgumentException($"Its {name} has to be a whole number."),
    };

    private static ColumnKind KindOf(string type) => type switch
    {
        "number" => ColumnKind.Number,
        "text" => ColumnKind.Text,
        "boolean" => ColumnKind.Boolean,
        "time" => ColumnKind.Time,
        "other" => ColumnKind.Other,
        _ => throw new ArgumentException($"There is no type '{type}'. The types are number, text, boolean, time and other."),
    };

    private static TextFormat FormatOf(string name) => FormatNames.Find(name)
        ?? throw new ArgumentException($"There is no format '{name}'. The formats are {string.Join(", ", FormatNames.Names)}.");

    private static DateTimeOffset? TimeOf(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ArgumentException($"'{text}' is no time; write one as 2026-01-31T12:00:00Z.");
}
