using System.Diagnostics;
using System.Globalization;

namespace MlOps.Tracking;

/// <summary>In what some runs differ; what they share is left out.</summary>
[DebuggerDisplay("{Differences.Count} differences between {Runs.Count} runs")]
public sealed record RunComparison
{
    /// <summary>The compared runs, in the order they were given.</summary>
    public required IReadOnlyList<RunInfo> Runs { get; init; }

    /// <summary>The differences by kind, then name (ordinal).</summary>
    public required IReadOnlyList<RunDifference> Differences { get; init; }

    /// <summary>
    /// What <c>git diff --stat</c> says about the commits of the first run and the last; null when they are one, or in no repository at
    /// hand.
    /// </summary>
    public string? CodeChanges { get; init; }

    /// <summary>Compares runs; metrics by their latest value, to the last bit.</summary>
    public static RunComparison Of(IReadOnlyList<RunDetails> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var differences = new List<RunDifference>();
        Compare(RunDifferenceKind.Parameter, run => run.Parameters);
        Compare(RunDifferenceKind.Metric, run => run.Metrics.ToDictionary(
            metric => metric.Key, metric => metric.Value.Value.ToString("R", CultureInfo.InvariantCulture)));
        Compare(RunDifferenceKind.Artifact, run => run.Artifacts.ToDictionary(file => file.Path, DifferenceTable.Describe));
        Compare(RunDifferenceKind.Input, run => run.Inputs);
        Compare(RunDifferenceKind.Code, run => Code(run.Snapshot));
        Compare(RunDifferenceKind.Configuration, run => run.Snapshot.Configuration);
        Compare(RunDifferenceKind.Environment, run => Machine(run.Snapshot));
        Compare(RunDifferenceKind.Package, run => run.Snapshot.Packages);
        return new RunComparison { Runs = [.. runs.Select(run => run.Info)], Differences = differences };

        void Compare(RunDifferenceKind kind, Func<RunDetails, IReadOnlyDictionary<string, string>> select)
        {
            var sides = runs.Select(select).ToList();
            foreach (var name in sides.SelectMany(side => side.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                string?[] values = [.. sides.Select(side => side.GetValueOrDefault(name))];
                if (values.Distinct(StringComparer.Ordinal).Skip(1).Any())
                {
                    differences.Add(new RunDifference { Kind = kind, Name = name, Values = values });
                }
            }
        }
    }

    /// <summary>The differences as a table, a line each, and the changed source files below it.</summary>
    public override string ToString() =>
        DifferenceTable.Render([.. Runs.Select(run => $"{run.Name} ({run.Id.Short})")], Differences)
        + (CodeChanges is null ? "" : $"\n{CodeChanges}\n");

    private static Dictionary<string, string> Code(RunSnapshot snapshot)
    {
        var code = new Dictionary<string, string>
        {
            ["uncommitted changes"] = snapshot.GitDirty ? "yes" : "no",
            ["arguments"] = string.Join(' ', snapshot.Arguments),
        };
        Add(code, "commit", snapshot.GitCommit);
        Add(code, "branch", snapshot.GitBranch);
        Add(code, "entry assembly", snapshot.EntryAssembly);
        Add(code, "build configuration", snapshot.BuildConfiguration);
        return code;
    }

    private static Dictionary<string, string> Machine(RunSnapshot snapshot)
    {
        var machine = new Dictionary<string, string>
        {
            ["framework"] = snapshot.Framework,
            ["operating system"] = snapshot.OperatingSystem,
            ["architecture"] = snapshot.Architecture,
            ["processors"] = snapshot.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["memory bytes"] = snapshot.MemoryBytes.ToString(CultureInfo.InvariantCulture),
            ["culture"] = snapshot.Culture,
            ["time zone"] = snapshot.TimeZone,
        };
        Add(machine, "processor", snapshot.Processor);
        foreach (var (name, value) in snapshot.RuntimeSettings)
        {
            machine[name] = value;
        }

        foreach (var (name, value) in snapshot.EnvironmentVariables)
        {
            machine[$"variable {name}"] = value;
        }

        foreach (var (name, seed) in snapshot.Seeds)
        {
            machine[$"seed {name}"] = seed.ToString(CultureInfo.InvariantCulture);
        }

        return machine;
    }

    private static void Add(Dictionary<string, string> values, string name, string? value)
    {
        if (value is not null)
        {
            values[name] = value;
        }
    }
}
