using Apache.Arrow;
using MlOps.Data.Checks.History;

namespace MlOps.Data.Checks.Running;

/// <summary>What a rule is told when its test starts.</summary>
internal sealed record CheckContext
{
    /// <summary>The suite's name.</summary>
    public required string Suite { get; init; }

    /// <summary>The data; a rule that must may read it again.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The plain columns that the batches have.</summary>
    public required Schema Schema { get; init; }

    public required CheckOptions Options { get; init; }

    /// <summary>The columns whose values are not shown.</summary>
    public required IReadOnlySet<string> Personal { get; init; }

    /// <summary>What the tests of a run work out together.</summary>
    public required SharedWork Shared { get; init; }

    /// <summary>The history by which metrics are judged; null where there is none.</summary>
    public HistoryRun? History { get; init; }

    /// <summary>Names the rows that the test will see (condition and segment): tests of equal scope see the same.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Whether the test must know each row's verdict as it sees the row, as part of another: nothing can go to disk then.</summary>
    public bool DecidesAtOnce { get; init; }

    /// <summary>What is measured once for all tests that see the same rows.</summary>
    public T Measure<T>(string name, Func<T> create)
        where T : class => Shared.Measure((typeof(T), Scope, name), create);
}
