using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Where the fields of runs lie in the tables.</summary>
internal static class SqlRunFields
{
    private static readonly string _statusName = "CASE r.status "
        + string.Concat(Enum.GetValues<RunStatus>().Select(status => string.Create(
            CultureInfo.InvariantCulture, $"WHEN {(int)status} THEN '{RunStatusName.Of(status)}' ")))
        + "END";

    public static string MetricColumn(RunField field) => field.Aggregate switch
    {
        MetricAggregate.Latest => "latest_value",
        MetricAggregate.First => "first_value",
        MetricAggregate.Min => "min_value",
        MetricAggregate.Max => "max_value",
        MetricAggregate.Count => "point_count",
        _ => MetricDirection.IsLowerBetter(field.Name) ? "min_value" : "max_value",
    };

    /// <summary>The rows of a metric, parameter or tag, without WHERE.</summary>
    public static string Table(RunField field) => field.Kind == RunFieldKind.Metric ? "metrics" : "run_values";

    /// <summary>As much of a text as its index holds.</summary>
    public static string Beginning(string text) => $"substr({text}, 1, 64)";

    public static string Column(RunField field) => field.Kind == RunFieldKind.Metric ? MetricColumn(field) : "value";

    /// <summary>That a row is one of the field's.</summary>
    public static string IsOf(RunField field, string row, SqlParameters parameters) => field.Kind switch
    {
        RunFieldKind.Metric => $"{row}.name = {parameters.Add(field.Name)}",
        RunFieldKind.Parameter => $"{row}.kind = {(int)RunEventKind.Parameter} AND {row}.name = {parameters.Add(field.Name)}",
        _ => $"{row}.kind = {(int)RunEventKind.Tag} AND {row}.name = {parameters.Add(field.Name)}",
    };

    /// <summary>An attribute; NULL where a run has none. A duration is in ticks.</summary>
    public static string Attribute(string name) => name switch
    {
        "run_id" => "r.id",
        "run_name" => "r.name",
        "experiment" => "r.experiment",
        "status" => _statusName,
        "start_time" => "r.started_at",
        "end_time" => "r.ended_at",
        "duration" => "(r.ended_at - r.started_at)",
        "parent" => "r.parent",
        "host" => "r.host",
        "failure" => "r.failure",
        _ => "CAST(NULL AS TEXT)",
    };

    public static bool IsNullable(string attribute) =>
        attribute is not ("run_id" or "run_name" or "experiment" or "status" or "start_time" or "host");

    public static bool IsTicks(string attribute) => attribute is "start_time" or "end_time" or "duration";
}
