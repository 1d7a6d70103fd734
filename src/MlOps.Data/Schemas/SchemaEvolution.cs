namespace MlOps.Data.Schemas;

/// <summary>Widens a schema to what was seen.</summary>
internal static class SchemaEvolution
{
    // A sketch of 2¹⁴ registers is off by more than six standard errors once in a billion times.
    private const double ClearlyRepeated = 0.95;

    public static DataSchema Relaxed(DataSchema schema, DataProfile profile)
    {
        var seen = profile.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        DataSchemaColumn[] columns =
        [
            .. schema.Columns.Where(column => seen.ContainsKey(column.Name)).Select(column => Relaxed(column, seen[column.Name])),
        ];
        return schema with
        {
            Columns =
            [
                .. columns.Select(column => column.LessThan is { } other && !seen.ContainsKey(other) ? column with { LessThan = null } : column),
            ],
        };
    }

    private static DataSchemaColumn Relaxed(DataSchemaColumn column, ColumnProfile seen)
    {
        if (column.Type != seen.Type && seen.Count > 0)
        {
            return SchemaInference.Of(seen) with { Classification = column.Classification };
        }

        column = column with { MissingShare = Math.Max(column.MissingShare, seen.MissingShare) };
        if (seen.Count == 0)
        {
            return column;
        }

        return column with
        {
            Minimum = column.Minimum is { } minimum && seen.Minimum < minimum ? seen.Minimum : column.Minimum,
            Maximum = column.Maximum is { } maximum && seen.Maximum > maximum ? seen.Maximum : column.Maximum,
            MinLength = column.MinLength is { } shortest && seen.MinLength < shortest ? seen.MinLength : column.MinLength,
            MaxLength = column.MaxLength is { } longest && seen.MaxLength > longest ? seen.MaxLength : column.MaxLength,
            Earliest = column.Earliest is { } earliest && seen.Earliest < earliest ? seen.Earliest : column.Earliest,
            Latest = column.Latest is { } latest && seen.Latest > latest ? seen.Latest : column.Latest,
            Values = Widened(column.Values, seen),
            Unique = column.Unique && seen.Distinct >= ClearlyRepeated * seen.Count,
        };
    }

    private static IReadOnlyList<string>? Widened(IReadOnlyList<string>? allowed, ColumnProfile seen)
    {
        if (allowed is null || seen.Texts is not { } texts)
        {
            return allowed;
        }

        // With more different texts than counters, or with none kept, not all are known: the limit cannot be held.
        return texts.Top is { IsExact: true } top
            ? [
                .. allowed,
                .. top.Top(top.Capacity).Select(text => text.Value).Except(allowed, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ]
            : texts.IsPersonal ? allowed : null;
    }
}
