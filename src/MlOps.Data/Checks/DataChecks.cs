using System.Diagnostics;
using Apache.Arrow;
using MlOps.Data.Checks.History;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Data.Operations;

namespace MlOps.Data;

/// <summary>A named suite of expectations on a data set, defined once and run on any data. Immutable; safe for concurrent runs.</summary>
[DebuggerDisplay("{Name}: {Count} checks")]
public sealed class DataChecks
{
    private readonly IReadOnlyList<CheckRule> _rules;

    internal DataChecks(string name, IReadOnlyList<CheckRule> rules, IReadOnlyList<string> personal)
    {
        (Name, _rules, PersonalColumns) = (name, rules, personal);
    }

    /// <summary>What people call the suite.</summary>
    public string Name { get; }

    /// <summary>How many checks there are.</summary>
    public int Count => _rules.Count;

    /// <summary>The columns of personal data, whose values are shown nowhere; see <see cref="DataChecksBuilder.Personal"/>.</summary>
    public IReadOnlyList<string> PersonalColumns { get; }

    internal IReadOnlyList<CheckRule> Rules => _rules;

    /// <summary>Defines a suite.</summary>
    public static DataChecks Define(string name, Action<DataChecksBuilder> checks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(checks);
        var builder = new DataChecksBuilder();
        checks(builder);
        return builder.Build(name);
    }

    /// <summary>Reads a check file.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.FileNotFound"/>, or <see cref="ErrorCodes.InvalidConfiguration"/> with the place for what is no check file, an
    /// unknown check, limits that contradict each other, or a file of a newer release.
    /// </exception>
    /// <remarks>Other data that the file names are opened from its folder on, as CSV, JSON Lines or Arrow by their extension.</remarks>
    public static Task<DataChecks> LoadAsync(string path, CancellationToken cancellationToken = default) => LoadAsync(path, [], cancellationToken);

    /// <summary>Reads a check file that names other data in further formats.</summary>
    /// <param name="path">The check file.</param>
    /// <param name="formats">Formats beside CSV, JSON Lines and Arrow, such as Parquet; paths in the file start at its folder.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MlOpsException">As for the other overload; <see cref="ErrorCodes.InvalidConfiguration"/> as well for other data that are not there or of no known format.</exception>
    public static async Task<DataChecks> LoadAsync(string path, IEnumerable<IDatasetFormat> formats, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(formats);
        return CheckFile.Read(await JsonFile.LoadAsync(path, cancellationToken).ConfigureAwait(false), Path.GetFullPath(path), formats);
    }

    /// <summary>Writes the suite as JSON, whole or not at all; a file that is there is replaced.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: a check holds what no file can, such as code.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return JsonFile.SaveAsync(path, CheckFile.Write(this, Path.GetDirectoryName(Path.GetFullPath(path))!), cancellationToken);
    }

    /// <summary>Reads the data once and reports every check. A failed check is a result, never an exception.</summary>
    /// <exception cref="MlOpsException">The data could not be read.</exception>
    public Task<CheckReport> RunAsync(Dataset dataset, CancellationToken cancellationToken = default) =>
        RunAsync(dataset, CheckOptions.Default, cancellationToken);

    /// <summary>Reads the data once and reports every check. A failed check is a result, never an exception.</summary>
    /// <param name="dataset">The data; a check that says so reads some of it again.</param>
    /// <param name="options">How to run them.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException">The data could not be read.</exception>
    public async Task<CheckReport> RunAsync(Dataset dataset, CheckOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxExamples, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MemoryBudget, nameof(options));
        using var activity = DataTelemetry.Source.StartActivity("mlops.data.check");
        var started = Stopwatch.GetTimestamp();
        var time = options.TimeProvider;
        var (at, since) = (time.GetUtcNow(), time.GetTimestamp());
        var context = new CheckContext
        {
            Suite = Name,
            Dataset = dataset,
            Schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false),
            Options = options,
            Personal = new HashSet<string>([.. PersonalColumns, .. options.PersonalColumns], StringComparer.Ordinal),
            Shared = new SharedWork(),
            History = options.History is { } history ? new HistoryRun(history, options.HistoryName ?? Name) : null,
        };
        List<CheckPass> passes = [];
        try
        {
            foreach (var rule in _rules)
            {
                passes.Add(await CheckPass.StartAsync(rule, context, cancellationToken).ConfigureAwait(false));
            }

            var rows = await LookAsync(dataset, context.Schema, passes, cancellationToken).ConfigureAwait(false);
            var checks = new (CheckResult Result, FailureBitmap Failures)[passes.Count];
            for (var i = 0; i < checks.Length; i++)
            {
                checks[i] = (await passes[i].FinishAsync(rows, cancellationToken).ConfigureAwait(false), passes[i].Failures);
            }

            if (context.History is { } run)
            {
                await run.AppendAsync(options, at, cancellationToken).ConfigureAwait(false);
            }

            var report = new CheckReport(Name, dataset, rows, checks) { StartedAt = at, Duration = time.GetElapsedTime(since) };
            DataTelemetry.Ran(report, started);
            return report;
        }
        finally
        {
            passes.ForEach(pass => pass.Dispose());
        }
    }

    private static async Task<long> LookAsync(Dataset dataset, Schema schema, List<CheckPass> passes, CancellationToken cancellationToken)
    {
        var readers = passes.Where(pass => pass.Columns is not null).ToArray();
        if (readers.Length == 0)
        {
            return passes.Any(pass => pass.NeedsRowCount) ? await dataset.CountAsync(cancellationToken).ConfigureAwait(false) : 0;
        }

        var rows = 0L;
        await foreach (var batch in DerivedSource.RowsAsync(dataset, Columns(readers, schema), cancellationToken).ConfigureAwait(false))
        {
            rows += batch.Length;
            foreach (var pass in readers)
            {
                await pass.LookAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }

        return rows;
    }

    private static IReadOnlyList<string> Columns(CheckPass[] readers, Schema schema) => readers.Any(pass => pass.Columns!.Count == 0)
        ? [.. schema.FieldsList.Select(field => field.Name)]
        : [.. readers.SelectMany(pass => pass.Columns!).Distinct(StringComparer.Ordinal)];
}
