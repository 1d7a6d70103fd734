using MlOps.Tracking;

namespace MlOps.Testing;

/// <summary>Filters and sorts runs in memory, by the letter of the rules: what the SQL of the stores is held against.</summary>
internal static class InMemoryRunSearch
{
    public static bool Matches(RunFilter filter, InMemoryRun run) => filter switch
    {
        RunFilterAll all => all.Operands.All(operand => Matches(operand, run)),
        RunFilterAny any => any.Operands.Any(operand => Matches(operand, run)),
        RunFilterNot not => !Matches(not.Operand, run),
        RunCondition condition => Matches(condition, run),
        _ => throw new ArgumentException($"A filter of the type {filter.GetType().Name} is not known.", nameof(filter)),
    };

    public static RunSortValue[] Keys(IReadOnlyList<RunOrder> order, InMemoryRun run) => [.. order.Select(key => Key(key.Field, run))];

    public static int Compare(IReadOnlyList<RunOrder> order, IReadOnlyList<RunSortValue> left, IReadOnlyList<RunSortValue> right)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (RunSortValue.Compare(left[i], right[i], order[i].Descending) is not 0 and var difference)
            {
                return difference;
            }
        }

        return 0;
    }

    private static bool Matches(RunCondition condition, InMemoryRun run)
    {
        var field = condition.Field;
        if (condition.Operator is RunOperator.IsNull or RunOperator.IsNotNull)
        {
            return Has(field, run) == (condition.Operator == RunOperator.IsNotNull);
        }

        return field.Kind switch
        {
            RunFieldKind.Metric => Metric(field, run) is { } number && condition.IsMatch(number),
            RunFieldKind.Dataset => Dataset(field, run).Any(condition.IsMatch),
            RunFieldKind.Attribute when Ticks(field, run) is { } ticks =>
                condition.IsMatch((double)Math.Floor(ticks / (decimal)TimeSpan.TicksPerMillisecond)),
            _ => Text(field, run) is { } text && condition.IsMatch(text),
        };
    }

    private static bool Has(RunField field, InMemoryRun run) => field.Kind switch
    {
        RunFieldKind.Metric => Metric(field, run) is not null,
        RunFieldKind.Dataset => Dataset(field, run).Any(),
        _ => Ticks(field, run) is not null || Text(field, run) is not null,
    };

    private static RunSortValue Key(RunField field, InMemoryRun run) => field switch
    {
        { Kind: RunFieldKind.Metric, Aggregate: MetricAggregate.Count } => RunSortValue.OfInteger((long?)Metric(field, run)),
        { Kind: RunFieldKind.Metric } => Metric(field, run) is { } number ? RunSortValue.OfNumber(number) : RunSortValue.Missing,
        { Name: "start_time" } => RunSortValue.OfInteger(run.Info.StartedAt.UtcTicks),
        { Name: "end_time" } => RunSortValue.OfInteger(run.Info.EndedAt?.UtcTicks),
        { Name: "duration" } => RunSortValue.OfInteger(Ticks(field, run)),
        _ => RunSortValue.OfText(Text(field, run)),
    };

    private static double? Metric(RunField field, InMemoryRun run)
    {
        var points = run.History(field.Name);
        if (points.Count == 0)
        {
            return null;
        }

        var numbers = points.Select(point => point.Value).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN);
        return field.Aggregate switch
        {
            MetricAggregate.Latest => points[^1].Value,
            MetricAggregate.First => points[0].Value,
            MetricAggregate.Count => points.Count,
            MetricAggregate.Min => numbers.Min(),
            MetricAggregate.Max => numbers.Max(),
            _ => MetricDirection.IsLowerBetter(field.Name) ? numbers.Min() : numbers.Max(),
        };
    }

    private static IEnumerable<string> Dataset(RunField field, InMemoryRun run) =>
        run.Inputs.Select(pair => RunInput.Parse(pair.Key, pair.Value))
            .Select(input => field.Name switch { "name" => input.Name, "digest" => input.Digest, _ => input.Role })
            .OfType<string>();

    // Of a time, since 1970.
    private static long? Ticks(RunField field, InMemoryRun run) => field switch
    {
        { Kind: not RunFieldKind.Attribute } => null,
        { Name: "start_time" } => run.Info.StartedAt.UtcTicks - DateTime.UnixEpoch.Ticks,
        { Name: "end_time" } => run.Info.EndedAt?.UtcTicks - DateTime.UnixEpoch.Ticks,
        { Name: "duration" } => (run.Info.EndedAt - run.Info.StartedAt)?.Ticks,
        _ => null,
    };

    private static string? Text(RunField field, InMemoryRun run) => field switch
    {
        { Kind: RunFieldKind.Parameter } => run.Parameters.GetValueOrDefault(field.Name),
        { Kind: RunFieldKind.Tag } => run.Tags.GetValueOrDefault(field.Name),
        { Name: "run_id" } => run.Info.Id.Value,
        { Name: "run_name" } => run.Info.Name,
        { Name: "experiment" } => run.Info.Experiment,
        { Name: "status" } => RunStatusName.Of(run.Info.Status),
        { Name: "parent" } => run.Info.Parent?.Value,
        { Name: "host" } => run.Info.Host,
        { Name: "failure" } => run.Info.Failure,
        _ => null,
    };
}
