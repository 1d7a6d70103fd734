using MlOps.Data;

namespace MlOps.Tracking;

/// <summary>A field of runs that filters and orders name, such as <c>metrics.loss.min</c>.</summary>
public sealed record RunField
{
    private static readonly string[] _datasetParts = ["name", "digest", "context"];

    private RunField(RunFieldKind kind, string name, MetricAggregate aggregate = MetricAggregate.Latest)
    {
        Kind = kind;
        Name = name;
        Aggregate = aggregate;
    }

    /// <summary>What part of the run it is.</summary>
    public RunFieldKind Kind { get; }

    /// <summary>The metric's, parameter's or tag's key, or the attribute's name.</summary>
    public string Name { get; }

    /// <summary>Which number stands for a metric's points.</summary>
    public MetricAggregate Aggregate { get; }

    /// <summary>When the run began.</summary>
    public static RunField StartTime { get; } = new(RunFieldKind.Attribute, "start_time");

    /// <summary>The run's id.</summary>
    public static RunField RunId { get; } = new(RunFieldKind.Attribute, "run_id");

    /// <summary>A metric.</summary>
    public static RunField Metric(string name, MetricAggregate aggregate = MetricAggregate.Latest)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new RunField(RunFieldKind.Metric, name, aggregate);
    }

    /// <summary>A parameter.</summary>
    public static RunField Parameter(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new RunField(RunFieldKind.Parameter, name);
    }

    /// <summary>A tag.</summary>
    public static RunField Tag(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new RunField(RunFieldKind.Tag, name);
    }

    /// <summary>
    /// An attribute: <c>run_id</c>, <c>run_name</c>, <c>status</c>, <c>start_time</c>, <c>end_time</c>, <c>duration</c>, <c>experiment</c>,
    /// <c>parent</c>, <c>host</c>, <c>failure</c> or <c>artifact_uri</c>, which no run has; <c>user_id</c> is the tag <c>mlflow.user</c>.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such attribute.</exception>
    public static RunField Attribute(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindAttribute(name)
            ?? throw new ArgumentException($"Runs have no attribute '{name}'; they have {string.Join(", ", RunAttributes.Names)}.", nameof(name));
    }

    /// <summary>The <c>name</c>, <c>digest</c> or <c>context</c> of the data sets that a run read; a condition holds when it does of one.</summary>
    /// <exception cref="ArgumentException">It is none of the three.</exception>
    public static RunField Dataset(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return FindDatasetPart(part) ?? throw new ArgumentException($"A data set has name, digest and context, not '{part}'.", nameof(part));
    }

    /// <summary>As the grammar writes it.</summary>
    public override string ToString() => Kind switch
    {
        RunFieldKind.Attribute => Name,
        RunFieldKind.Dataset => $"datasets.{Name}",
        RunFieldKind.Parameter => $"params.{Key()}",
        RunFieldKind.Tag => $"tags.{Key()}",
        _ => $"metrics.{Key()}{(Aggregate == MetricAggregate.Latest ? "" : MetricSuffix.Of(Aggregate))}",
    };

    internal static RunField? FindAttribute(string name) => RunAttributes.Find(name) switch
    {
        null => null,
        RunAttributes.User => new RunField(RunFieldKind.Tag, "mlflow.user"),
        { } canonical => new RunField(RunFieldKind.Attribute, canonical),
    };

    internal static RunField? FindDatasetPart(string name) =>
        Array.Find(_datasetParts, part => part.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } part
            ? new RunField(RunFieldKind.Dataset, part)
            : null;

    internal static string? NearestDatasetPart(string name) => NearestName.Of(name, _datasetParts);

    // A metric whose own name ends like a summary is quoted, so that it is read back as a name.
    private string Key()
    {
        var plain = RunFilterScanner.IsPlainKey(Name)
            && (Kind != RunFieldKind.Metric || MetricSuffix.Split(Name) == (Name, MetricAggregate.Latest));
        return plain ? Name : $"`{Name.Replace("`", "``", StringComparison.Ordinal)}`";
    }
}
