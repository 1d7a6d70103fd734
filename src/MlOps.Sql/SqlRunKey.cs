using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>A key of an order as SQL.</summary>
/// <param name="Rank">0 for a value, 1 for NaN, 2 for what is missing; null when all rows that are walked have a value.</param>
/// <param name="Value">The value; null when no row that is walked has one.</param>
/// <param name="Order">The key.</param>
internal sealed record SqlRunKey(string? Rank, string? Value, RunOrder Order)
{
    /// <summary>The table that the key needs beside the source; empty when it needs none.</summary>
    public string Join { get; private init; } = "";

    // The index of texts holds their beginnings, by which it is walked; the whole text sorts what begins alike.
    private bool IsIndexed { get; init; }

    private bool IsText => Order.Field switch
    {
        { Kind: RunFieldKind.Metric } => false,
        { Kind: RunFieldKind.Attribute, Name: var name } => !SqlRunFields.IsTicks(name),
        _ => true,
    };

    private bool IsInteger => Order.Field switch
    {
        { Kind: RunFieldKind.Metric, Aggregate: var aggregate } => aggregate == MetricAggregate.Count,
        { Kind: RunFieldKind.Attribute, Name: var name } => SqlRunFields.IsTicks(name),
        _ => false,
    };

    public static SqlRunKey Of(RunOrder order, string alias, SqlRunSource source, SqlDialect dialect, SqlParameters parameters)
    {
        var field = order.Field;
        if (field.Kind == RunFieldKind.Attribute)
        {
            var attribute = SqlRunFields.Attribute(field.Name);
            return new SqlRunKey(
                SqlRunFields.IsNullable(field.Name) ? $"CASE WHEN {attribute} IS NULL THEN 2 ELSE 0 END" : null,
                SqlRunFields.IsTicks(field.Name) ? attribute : dialect.Ordinal(attribute),
                order);
        }

        if (source.Lacks(field))
        {
            return new SqlRunKey(null, null, order);
        }

        if (source.Has(field))
        {
            // The walk is by this key alone when it is the source's; another summary of the same metric may still be NaN.
            var value = Value("o");
            return source.Field == field
                ? new SqlRunKey(null, source.Rank == 0 ? value : null, order) { IsIndexed = field.Kind != RunFieldKind.Metric }
                : new SqlRunKey($"CASE WHEN {value} IS NULL THEN 1 ELSE 0 END", value, order);
        }

        return new SqlRunKey($"CASE WHEN {alias}.run_id IS NULL THEN 2 WHEN {Value(alias)} IS NULL THEN 1 ELSE 0 END", Value(alias), order)
        {
            Join = $" LEFT JOIN {SqlRunFields.Table(field)} {alias} ON {alias}.run_id = r.id AND {SqlRunFields.IsOf(field, alias, parameters)}",
        };

        string Value(string row) =>
            field.Kind == RunFieldKind.Metric ? $"{row}.{SqlRunFields.Column(field)}" : dialect.Ordinal($"{row}.{SqlRunFields.Column(field)}");
    }

    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public string Columns => $"{Rank ?? "0"}, {Value ?? "NULL"}";

    public IEnumerable<string> OrderTerms()
    {
        if (Rank is not null)
        {
            yield return Rank;
        }

        if (Value is not null)
        {
            if (IsIndexed)
            {
                yield return Order.Descending ? $"{SqlRunFields.Beginning(Value)} DESC" : SqlRunFields.Beginning(Value);
            }

            yield return Order.Descending ? $"{Value} DESC" : Value;
        }
    }

    public RunSortValue Read(SqlStatement row, int column, SqlRunSource source) =>
        (Value is null ? source.Rank : row.GetInt32(column)) switch
        {
            1 => RunSortValue.NaN,
            2 => RunSortValue.Missing,
            _ when IsText => RunSortValue.OfText(row.Text(column + 1)),
            _ when IsInteger => RunSortValue.OfInteger(row.GetInt64(column + 1)),
            _ => RunSortValue.OfNumber(row.Number(column + 1)),
        };

    /// <summary>That a row comes after a place.</summary>
    /// <param name="at">The place's value of this key.</param>
    /// <param name="rest">The same of the keys after it; null when there are none.</param>
    /// <param name="parameters">Takes the values.</param>
    public string? IsAfter(RunSortValue at, string? rest, SqlParameters parameters)
    {
        if (at.Rank > 0 || Value is null)
        {
            return Rank is null ? rest : Either($"{Rank} > {at.Rank}", $"{Rank} = {at.Rank}", rest);
        }

        SqlValue bound = at.Text is { } text ? text : IsInteger ? at.Integer : (SqlValue)at.Number;
        var value = parameters.Add(bound);
        var beyond = $"{Value} {(Order.Descending ? "<" : ">")} {value}";
        var after = Either(beyond, $"{Value} = {value}", rest);

        // The first part lets an index be entered at the place.
        var (entry, bounded) = IsIndexed ? (SqlRunFields.Beginning(Value), SqlRunFields.Beginning(value)) : (Value, value);
        return Rank is not null
            ? $"({Rank} > 0 OR {after})"
            : rest is null ? after : $"({entry} {(Order.Descending ? "<=" : ">=")} {bounded} AND {after})";
    }

    private static string Either(string beyond, string same, string? rest) =>
        rest is null ? $"({beyond})" : $"({beyond} OR ({same} AND {rest}))";
}
