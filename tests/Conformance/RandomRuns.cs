using MlOps.Tracking;

namespace MlOps.Conformance;

/// <summary>Random runs of few names and values, so that random queries about them find something.</summary>
internal sealed class RandomRuns(int seed)
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly string[] _names = ["loss", "auc", "loss.min", "a b"];
    private static readonly string[] _texts = ["x", "X", "xy", "1", "1.0", "1e0", "-2", "2.5", "", "é", "É", "a%", "a_b", "a\\b", "it's", "🛫", "NaN"];
    private static readonly double[] _numbers = [0, 1, -1, 0.5, 2.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -2];

    private readonly Random _random = new(seed);

    public int Limit() => _random.Next(3) == 0 ? 1000 : _random.Next(1, 20);

    public IEnumerable<(RunInfo Info, RunEvent[][] Batches, RunUpdate Update)> Runs(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var started = _start.AddTicks(_random.Next(5) * 5_000L);
            var info = new RunInfo
            {
                Id = new RunId($"{number:x12}{0:x20}"),
                Experiment = Pick(_texts) + "e",
                Name = $"n{number}",
                Status = RunStatus.Running,
                StartedAt = started,
                HeartbeatAt = started,
                Parent = _random.Next(3) == 0 ? new RunId($"{_random.Next(1, 4):x12}{0:x20}") : null,
                Host = Pick(_names),
                ProcessId = 1,
            };
            var update = new RunUpdate
            {
                Status = (RunStatus)_random.Next(5),
                EndedAt = _random.Next(3) == 0 ? null : started.AddTicks(_random.Next(6) * 5_000L),
                Failure = _random.Next(2) == 0 ? null : Pick(_texts),
            };
            yield return (info, [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Events(number))], update);
        }
    }

    public RunQuery Query()
    {
        var order = Enumerable.Range(0, _random.Next(4)).Select(_ => Field()).Where(field => field.Kind != RunFieldKind.Dataset).Distinct();
        return new RunQuery
        {
            Filter = _random.Next(8) == 0 ? null : Filter(3),
            OrderBy = [.. order.Select(field => new RunOrder(field, _random.Next(2) == 0))],
            Status = _random.Next(10) == 0 ? RunStatus.Finished : null,
            Experiment = _random.Next(10) == 0 ? "xe" : null,
        };
    }

    // A parameter keeps its value, which therefore depends on the run and the name alone.
    private RunEvent[] Events(int run) =>
        [.. Enumerable.Range(0, _random.Next(8)).Select(_ =>
        {
            var name = Pick(_names);
            var made = _random.Next(5) switch
            {
                0 => RunEvent.Parameter(name, _texts[(run + name.Length) % _texts.Length]),
                1 => RunEvent.Tag(name, Pick(_texts)),
                2 => RunEvent.Input(name, Pick(["flights@1 sha256:ab", "flights@2 sha256:cd", "weather", "x@y"])),
                _ => RunEvent.Metric(name, Pick(_numbers), _random.Next(4)),
            };
            return made with { Timestamp = _start.AddSeconds(_random.Next(3)) };
        })];

    private RunFilter Filter(int depth) => (depth == 0 ? 0 : _random.Next(6)) switch
    {
        1 or 2 => new RunFilterAll(Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Filter(depth - 1)).ToList()),
        3 => new RunFilterAny(Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Filter(depth - 1)).ToList()),
        4 => new RunFilterNot(Filter(depth - 1)),
        _ => Condition(),
    };

    private RunCondition Condition()
    {
        while (true)
        {
            var comparison = (RunOperator)_random.Next(14);
            var count = comparison switch
            {
                RunOperator.IsNull or RunOperator.IsNotNull => 0,
                RunOperator.In or RunOperator.NotIn => _random.Next(1, 4),
                _ => 1,
            };
            var field = Field();
            try
            {
                return new RunCondition(field, comparison, Enumerable.Range(0, count).Select(_ => Literal(field)).ToList());
            }
            catch (ArgumentException)
            {
                // Field, operator and values do not go together: try others.
            }
        }
    }

    private RunLiteral Literal(RunField field) => field switch
    {
        { Kind: RunFieldKind.Attribute, Name: "status" } => Pick(["RUNNING", "finished", "F%", "KILLED", "%L%", "SCHEDULED"]),
        { Kind: RunFieldKind.Attribute, Name: "start_time" or "end_time" } =>
            (_start - DateTimeOffset.UnixEpoch).TotalMilliseconds + (_random.Next(-4, 12) / 2.0),
        { Kind: RunFieldKind.Attribute, Name: "duration" } => _random.Next(-2, 8) / 2.0,
        { Kind: RunFieldKind.Attribute, Name: "run_id" } => $"{_random.Next(1, 60):x12}{0:x20}",
        { Kind: RunFieldKind.Attribute, Name: "experiment" } => Pick(_texts) + "e",
        { Kind: RunFieldKind.Dataset } => Pick(["flights", "weather", "ab", "loss", "%", "fl%"]),
        _ => _random.Next(2) == 0 ? Finite() : Pick(["%x%", "_", "%", "É", "a\\%", "%'%", Pick(_texts)]),
    };

    private double Finite()
    {
        var number = Pick(_numbers);
        return double.IsFinite(number) ? number : 1;
    }

    private RunField Field() => _random.Next(6) switch
    {
        0 or 1 => RunField.Metric(Pick(_names), (MetricAggregate)_random.Next(6)),
        2 => RunField.Parameter(Pick(_names)),
        3 => RunField.Tag(Pick(_names)),
        4 => RunField.Dataset(Pick(["name", "digest", "context"])),
        _ => RunField.Attribute(Pick(
            ["run_id", "run_name", "experiment", "status", "start_time", "end_time", "duration", "parent", "host", "failure", "artifact_uri"])),
    };

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
