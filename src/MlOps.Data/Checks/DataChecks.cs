using System.Diagnostics;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Operations;

namespace MlOps.Data;

/// <summary>A named suite of expectations on a data set, defined once and run on any data. Immutable; safe for concurrent runs.</summary>
public sealed class DataChecks
{
    private const int MostExamples = 5;
    private readonly List<CheckRule> _rules;

    private DataChecks(string name, List<CheckRule> rules)
    {
        (Name, _rules) = (name, rules);
    }

    /// <summary>What people call the suite.</summary>
    public string Name { get; }

    /// <summary>How many checks there are.</summary>
    public int Count => _rules.Count;

    /// <summary>Defines a suite.</summary>
    public static DataChecks Define(string name, Action<DataChecksBuilder> checks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(checks);
        var builder = new DataChecksBuilder();
        checks(builder);
        return new DataChecks(name, [.. builder.Rules]);
    }

    /// <summary>Reads the data once and reports every check. A failed check is a result, never an exception.</summary>
    /// <exception cref="MlOpsException">The data could not be read.</exception>
    public async Task<CheckReport> RunAsync(Dataset dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        using var activity = DataTelemetry.Source.StartActivity("mlops.data.check");
        var started = Stopwatch.GetTimestamp();
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var passes = new CheckPass[_rules.Count];
        for (var i = 0; i < passes.Length; i++)
        {
            passes[i] = await CheckPass.StartAsync(_rules[i], schema, MostExamples, cancellationToken).ConfigureAwait(false);
        }

        var readers = passes.Where(pass => pass.Columns is not null).ToArray();
        var rows = 0L;
        if (readers.Length > 0)
        {
            await foreach (var batch in DerivedSource.RowsAsync(dataset, Columns(readers, schema), cancellationToken).ConfigureAwait(false))
            {
                rows += batch.Length;
                foreach (var pass in readers)
                {
                    pass.Look(batch);
                }
            }
        }
        else if (passes.Any(pass => pass.NeedsRowCount))
        {
            rows = await dataset.CountAsync(cancellationToken).ConfigureAwait(false);
        }

        var checks = new (CheckResult Result, FailureBitmap Failures)[passes.Length];
        for (var i = 0; i < passes.Length; i++)
        {
            checks[i] = (await passes[i].FinishAsync(rows, cancellationToken).ConfigureAwait(false), passes[i].Failures);
        }

        var report = new CheckReport(Name, dataset, rows, checks);
        DataTelemetry.Ran(report, started);
        return report;
    }

    private static IReadOnlyList<string> Columns(CheckPass[] readers, Schema schema) => readers.Any(pass => pass.Columns!.Count == 0)
        ? [.. schema.FieldsList.Select(field => field.Name)]
        : [.. readers.SelectMany(pass => pass.Columns!).Distinct(StringComparer.Ordinal)];
}
