using System.Diagnostics;
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
        CheckPass[] passes = [.. _rules.Select(rule => new CheckPass(rule, schema, MostExamples))];
        var readers = passes.Where(pass => pass.NeedsRows).ToArray();
        IReadOnlyList<string> columns = readers.Any(pass => pass.Rule.Columns.Count == 0)
            ? [.. schema.FieldsList.Select(field => field.Name)]
            : [.. readers.SelectMany(pass => pass.Rule.Columns).Distinct(StringComparer.Ordinal)];
        var rows = 0L;
        if (columns.Count == 0)
        {
            rows = passes.Any(pass => pass.Rule.Table is not null) ? await dataset.CountAsync(cancellationToken).ConfigureAwait(false) : 0;
        }
        else
        {
            await foreach (var batch in DerivedSource.RowsAsync(dataset, columns, cancellationToken).ConfigureAwait(false))
            {
                rows += batch.Length;
                foreach (var pass in readers)
                {
                    pass.Look(batch);
                }
            }
        }

        var report = new CheckReport(Name, dataset, rows, [.. passes.Select(pass => (pass.Finish(rows), pass.Failures))]);
        DataTelemetry.Ran(report, started);
        return report;
    }
}
