using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Writes a filter as a condition on <c>runs r</c> that is true or false and never unknown.</summary>
/// <remarks>Names and values from outside are parameters, without exception.</remarks>
internal sealed class SqlRunFilter(SqlDialect dialect, SqlParameters parameters, SqlRunSource source)
{
    private const string True = "1 = 1";
    private const string False = "1 = 0";

    public string Write(RunFilter filter) => filter switch
    {
        RunFilterAll all => $"({string.Join(" AND ", all.Operands.Select(Write))})",
        RunFilterAny any => $"({string.Join(" OR ", any.Operands.Select(Write))})",
        RunFilterNot not => $"(NOT {Write(not.Operand)})",
        RunCondition condition => $"({Write(condition)})",
        _ => throw new ArgumentException($"A filter of the type {filter.GetType().Name} is not known.", nameof(filter)),
    };

    /// <summary>The test of a row of a metric, parameter or tag.</summary>
    public string OfRow(RunCondition condition, string row)
    {
        if (condition.Operator == RunOperator.IsNotNull)
        {
            return True;
        }

        return condition.Field.Kind == RunFieldKind.Metric
            ? Number($"{row}.{SqlRunFields.MetricColumn(condition.Field)}", condition)
            : condition.Values is [{ Text: null }]
                ? Number($"{row}.number", condition, nanIsNull: false)
                : Text($"{row}.value", condition);
    }

    private string Write(RunCondition condition) => condition.Field.Kind switch
    {
        RunFieldKind.Attribute => OfAttribute(condition),
        RunFieldKind.Dataset => OfDataset(condition),
        _ => OfValue(condition),
    };

    private string OfValue(RunCondition condition)
    {
        var field = condition.Field;
        var isNull = condition.Operator == RunOperator.IsNull;
        if (source.Lacks(field))
        {
            return isNull ? True : False;
        }

        if (source.Has(field))
        {
            return isNull ? False : OfRow(condition, "o");
        }

        var rows = $"FROM {SqlRunFields.Table(field)} x WHERE x.run_id = r.id AND {SqlRunFields.IsOf(field, "x", parameters)}";
        return isNull ? $"NOT {dialect.Exists(rows)}" : dialect.Exists($"{rows} AND {OfRow(condition, "x")}");
    }

    private string OfDataset(RunCondition condition)
    {
        var column = $"d.{condition.Field.Name}";
        const string Rows = "FROM run_datasets d WHERE d.run_id = r.id";
        return condition.Operator switch
        {
            RunOperator.IsNull => $"NOT {dialect.Exists($"{Rows} AND {column} IS NOT NULL")}",
            RunOperator.IsNotNull => dialect.Exists($"{Rows} AND {column} IS NOT NULL"),
            _ => dialect.Exists($"{Rows} AND {Text(column, condition)}"),
        };
    }

    private string OfAttribute(RunCondition condition)
    {
        var name = condition.Field.Name;
        var value = SqlRunFields.Attribute(name);
        if (condition.Operator is RunOperator.IsNull or RunOperator.IsNotNull)
        {
            return $"{value} {(condition.Operator == RunOperator.IsNull ? "IS NULL" : "IS NOT NULL")}";
        }

        if (name == "status")
        {
            var matching = Enum.GetValues<RunStatus>().Where(condition.IsMatch)
                .Select(status => ((int)status).ToString(CultureInfo.InvariantCulture)).ToList();
            return matching.Count == 0 ? False : $"r.status IN ({string.Join(", ", matching)})";
        }

        if (name == "artifact_uri")
        {
            return False;
        }

        var test = SqlRunFields.IsTicks(name)
            ? Ticks(value, condition, name == "duration" ? 0 : DateTime.UnixEpoch.Ticks)
            : Text(value, condition);
        return SqlRunFields.IsNullable(name) ? $"{value} IS NOT NULL AND {test}" : test;
    }

    // A NaN is a NULL, and only != is true of it; a text that is no number is a NULL too, and nothing is true of that.
    private string Number(string column, RunCondition condition, bool nanIsNull = true)
    {
        var value = parameters.Add(condition.Values[0].Number);
        return condition.Operator == RunOperator.NotEqual && nanIsNull
            ? $"({column} <> {value} OR {column} IS NULL)"
            : $"({column} IS NOT NULL AND {column} {Mark(condition.Operator)} {value})";
    }

    private string Text(string column, RunCondition condition)
    {
        var first = condition.Values[0].Text!;
        return condition.Operator switch
        {
            RunOperator.In => $"{column} IN ({parameters.AddList(condition.Values.Select(value => value.Text!))})",
            RunOperator.NotIn => $"{column} NOT IN ({parameters.AddList(condition.Values.Select(value => value.Text!))})",
            RunOperator.Like => dialect.Like(column, parameters.Add(first)),
            RunOperator.NotLike => $"NOT ({dialect.Like(column, parameters.Add(first))})",
            RunOperator.ILike => dialect.ILike(column, parameters.Add(first.ToLowerInvariant())),
            RunOperator.NotILike => $"NOT ({dialect.ILike(column, parameters.Add(first.ToLowerInvariant()))})",
            var op => $"{column} {Mark(op)} {parameters.Add(first)}",
        };
    }

    // Filters speak of whole milliseconds and the store of ticks: a millisecond is a range of them.
    private string Ticks(string column, RunCondition condition, long zero)
    {
        var value = condition.Values[0].Number;
        var isWhole = Math.Floor(value) == value;
        return condition.Operator switch
        {
            RunOperator.Equal => isWhole ? $"({column} >= {At(value)} AND {column} < {At(value + 1)})" : False,
            RunOperator.NotEqual => isWhole ? $"({column} < {At(value)} OR {column} >= {At(value + 1)})" : True,
            RunOperator.Less => $"{column} < {At(Math.Ceiling(value))}",
            RunOperator.LessOrEqual => $"{column} < {At(Math.Floor(value) + 1)}",
            RunOperator.Greater => $"{column} >= {At(Math.Floor(value) + 1)}",
            _ => $"{column} >= {At(Math.Ceiling(value))}",
        };

        // Farther off than any time, and within the range of ticks.
        string At(double milliseconds) => parameters.Add(zero + ((long)Math.Clamp(milliseconds, -8e14, 8e14) * TimeSpan.TicksPerMillisecond));
    }

    private static string Mark(RunOperator comparison) => comparison switch
    {
        RunOperator.Equal => "=",
        RunOperator.NotEqual => "<>",
        RunOperator.Less => "<",
        RunOperator.LessOrEqual => "<=",
        RunOperator.Greater => ">",
        _ => ">=",
    };
}
