using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>
/// Finds the condition that few runs answer, if there is one: then those runs are read and sorted, while otherwise the order's index is
/// walked until the page is full. The databases do not decide this well by themselves, because the cost of the walk depends on how many runs
/// pass the filter.
/// </summary>
internal static class SqlRunCandidates
{
    private const int Few = 1000;
    private const int MaximumProbes = 8;

    /// <summary>Writes the ids of the runs that answer a condition, when an index holds them together.</summary>
    public static string? Write(RunCondition condition, SqlDialect dialect, SqlParameters parameters)
    {
        var field = condition.Field;
        var isRange = condition.Operator is RunOperator.Equal
            or RunOperator.Less or RunOperator.LessOrEqual or RunOperator.Greater or RunOperator.GreaterOrEqual;
        switch (field)
        {
            case { Kind: RunFieldKind.Metric }
                when isRange && SqlRunFields.MetricColumn(field) is "latest_value" or "min_value" or "max_value":
                return $"SELECT c.run_id FROM metrics c WHERE {IsOf()} AND {OfRow()}";
            case { Kind: RunFieldKind.Parameter or RunFieldKind.Tag } when isRange:
                var begins = condition.Values[0].Text is null
                    ? ""
                    : $" AND {SqlRunFields.Beginning("c.value")} = {SqlRunFields.Beginning(parameters.Add(condition.Values[0].Text))}";
                return $"SELECT c.run_id FROM run_values c WHERE {IsOf()}{begins} AND {OfRow()}";
            case { Kind: RunFieldKind.Dataset, Name: "name" } when condition.Operator == RunOperator.Equal:
                return $"SELECT DISTINCT c.run_id FROM run_datasets c WHERE c.name = {parameters.Add(condition.Values[0].Text)}";
            default:
                return null;
        }

        string IsOf() => SqlRunFields.IsOf(field, "c", parameters);

        string OfRow() => new SqlRunFilter(dialect, parameters, SqlRunSource.All).OfRow(condition, "c");
    }

    /// <summary>The condition among those that must all hold which the fewest runs answer; null when none is answered by few.</summary>
    public static RunCondition? Find(SqlSession sql, RunFilter? filter, SqlDialect dialect)
    {
        RunCondition? best = null;
        var fewest = Few + 1L;
        var conditions = (filter is RunFilterAll all ? all.Operands : filter is null ? [] : [filter]).OfType<RunCondition>();
        var probes = 0;
        foreach (var condition in conditions)
        {
            var parameters = new SqlParameters();
            if (Write(condition, dialect, parameters) is not { } ids)
            {
                continue;
            }

            var text = string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM ({ids} LIMIT {fewest}) counted");
            var count = sql.ListOnce(text, row => row.GetInt64(0), parameters.Values)[0];
            if (count < fewest)
            {
                (best, fewest) = (condition, count);
            }

            if (++probes == MaximumProbes || fewest == 0)
            {
                break;
            }
        }

        return best;
    }
}
