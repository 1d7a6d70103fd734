using System.Diagnostics;
using System.Globalization;
using MlOps.Data.Columns;
using MlOps.Reports;

namespace MlOps.Data;

/// <summary>How one schema differs from an older one. Immutable.</summary>
[DebuggerDisplay("{Changes.Count} changes, breaking: {IsBreaking}")]
public sealed class SchemaDiff
{
    private readonly string _name;

    private SchemaDiff(string name, IReadOnlyList<SchemaChange> changes)
    {
        (_name, Changes) = (name, changes);
    }

    /// <summary>The differences: breaking ones first, then in the order of the columns.</summary>
    public IReadOnlyList<SchemaChange> Changes { get; }

    /// <summary>Whether data that passed the older schema may fail the newer one.</summary>
    public bool IsBreaking => Changes.Any(change => change.Kind == SchemaChangeKind.Breaking);

    /// <summary>A table of the differences as plain text.</summary>
    public string ToText() => new Report($"Changes of the schema {_name}")
        .Subtitle(Changes.Count == 0
            ? "No changes." : IsBreaking ? "Data that passed before may fail now." : "Data that passed before still passes.")
        .Section("Changes", section => section.Table(ReportTable.Of(
            Changes,
            ("Column", change => new ReportCell(change.Column)),
            ("", change => change.Kind == SchemaChangeKind.Breaking ? ReportCell.Bad("breaking") : ReportCell.Good("compatible")),
            ("Change", change => new ReportCell(change.Description))))).ToText();

    /// <inheritdoc/>
    public override string ToString() => ToText();

    internal static SchemaDiff Between(DataSchema older, DataSchema newer)
    {
        List<SchemaChange> changes = [];
        var now = newer.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (var before in older.Columns)
        {
            if (now.Remove(before.Name, out var after))
            {
                changes.AddRange(Compare(before, after));
            }
            else
            {
                changes.Add(new SchemaChange(before.Name, SchemaChangeKind.Compatible, "is no longer required"));
            }
        }

        changes.AddRange(newer.Columns.Where(column => now.ContainsKey(column.Name))
            .Select(column => new SchemaChange(column.Name, SchemaChangeKind.Breaking, $"is required: {column.Type}")));
        return new SchemaDiff(newer.Name, [.. changes.OrderByDescending(change => change.Kind)]);
    }

    private static IEnumerable<SchemaChange> Compare(DataSchemaColumn before, DataSchemaColumn after)
    {
        // Limits of one type say nothing about values of another.
        var hasOneType = before.Type == after.Type;
        if (!hasOneType)
        {
            yield return Change(isBreaking: true, $"type {before.Type} → {after.Type}");
        }

        if (before.MissingShare != after.MissingShare)
        {
            yield return Change(
                after.MissingShare < before.MissingShare, $"missing up to {Share(before.MissingShare)} → {Share(after.MissingShare)}");
        }

        foreach (var (name, old, current, isUpper) in new[]
        {
            ("minimum", before.Minimum, after.Minimum, false),
            ("maximum", before.Maximum, after.Maximum, true),
            ("min_length", before.MinLength, after.MinLength, false),
            ("max_length", before.MaxLength, after.MaxLength, true),
        })
        {
            if (old != current && hasOneType)
            {
                var none = isUpper ? double.PositiveInfinity : double.NegativeInfinity;
                var isNarrower = isUpper ? (current ?? none) < (old ?? none) : (current ?? none) > (old ?? none);
                yield return Change(isNarrower, $"{name} {Limit(old)} → {Limit(current)}");
            }
        }

        if (before.Earliest != after.Earliest && hasOneType)
        {
            var isNarrower = (after.Earliest ?? DateTimeOffset.MinValue) > (before.Earliest ?? DateTimeOffset.MinValue);
            yield return Change(isNarrower, $"earliest {Limit(before.Earliest)} → {Limit(after.Earliest)}");
        }

        if (before.Latest != after.Latest && hasOneType)
        {
            var isNarrower = (after.Latest ?? DateTimeOffset.MaxValue) < (before.Latest ?? DateTimeOffset.MaxValue);
            yield return Change(isNarrower, $"latest {Limit(before.Latest)} → {Limit(after.Latest)}");
        }

        if (!(before.Values ?? []).SequenceEqual(after.Values ?? [], StringComparer.Ordinal)
            || before.Values is null != after.Values is null)
        {
            yield return Values(before, after);
        }

        if (before.Pattern != after.Pattern)
        {
            yield return Change(after.Pattern is not null, $"pattern {before.Pattern ?? "none"} → {after.Pattern ?? "none"}");
        }

        if (before.Unique != after.Unique)
        {
            yield return Change(after.Unique, after.Unique ? "must be unique" : "need not be unique");
        }

        if (before.LessThan != after.LessThan)
        {
            yield return Change(after.LessThan is not null, $"less than {before.LessThan ?? "none"} → {after.LessThan ?? "none"}");
        }

        if (before.Classification != after.Classification)
        {
            yield return Change(isBreaking: false, $"classification {before.Classification} → {after.Classification}");
        }

        SchemaChange Change(bool isBreaking, string description) =>
            new(after.Name, isBreaking ? SchemaChangeKind.Breaking : SchemaChangeKind.Compatible, description);
    }

    private static SchemaChange Values(DataSchemaColumn before, DataSchemaColumn after)
    {
        var isHidden = before.Classification == DataClassification.Personal || after.Classification == DataClassification.Personal;
        if (before.Values is null || after.Values is null)
        {
            return after.Values is null
                ? new SchemaChange(after.Name, SchemaChangeKind.Compatible, "values are no longer limited")
                : new SchemaChange(after.Name, SchemaChangeKind.Breaking, $"values are limited to {Listed(after.Values, isHidden)}");
        }

        string[] removed = [.. before.Values.Except(after.Values, StringComparer.Ordinal)];
        string[] added = [.. after.Values.Except(before.Values, StringComparer.Ordinal)];
        var parts = new[]
        {
            removed.Length > 0 ? $"no longer allowed: {Listed(removed, isHidden)}" : null,
            added.Length > 0 ? $"allowed as well: {Listed(added, isHidden)}" : null,
        };
        return new SchemaChange(
            after.Name,
            removed.Length > 0 ? SchemaChangeKind.Breaking : SchemaChangeKind.Compatible,
            removed.Length + added.Length == 0 ? "values are in another order" : string.Join("; ", parts.Where(part => part is not null)));
    }

    private static string Listed(IReadOnlyList<string> values, bool isHidden) => isHidden
        ? Redacted.Text
        : string.Join(
            ", ", values.Take(6)) + (values.Count > 6 ? string.Create(CultureInfo.InvariantCulture, $", … ({values.Count})") : "");

    private static string Share(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    private static string Limit(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "none";

    private static string Limit(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "none";
}
