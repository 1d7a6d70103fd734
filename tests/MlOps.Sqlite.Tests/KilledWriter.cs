using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Tracking;

namespace MlOps.Sqlite.Tests;

/// <summary>This test program as another process, which writes batches and says on its standard output which ones are confirmed, until it is killed.</summary>
internal static class KilledWriter
{
    public const int BatchSize = 50;
    public const string Model = "m";
    public static readonly RunId Run = new(new string('a', 32));
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private const string Variable = "MLOPS_SQLITE_TESTS_WRITE_TO";

    /// <summary>Kills a writer, without notice, once it has confirmed a number of batches; gives the last number it confirmed.</summary>
    public static async Task<int> RunAndKillAsync(string databasePath, int afterBatch, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledWriter).Assembly.Location);
        }

        start.Environment[Variable] = databasePath;
        using var process = Process.Start(start)!;
        var confirmed = -1;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            confirmed = int.Parse(line, CultureInfo.InvariantCulture);
            if (confirmed == afterBatch)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        return confirmed;
    }

#pragma warning disable CA2255 // The program of the tests, not a library: it turns into the writer before the test runner starts.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void WriteIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } path)
        {
            WriteForeverAsync(path).GetAwaiter().GetResult();
        }
    }

    private static async Task WriteForeverAsync(string path)
    {
        var builder = new WriterBuilder();
        builder.UseSqlite(path);
        await using var services = builder.Services.BuildServiceProvider();
        var runs = services.GetRequiredService<IRunStore>();
        var predictions = services.GetRequiredService<IPredictionLog>();
        await runs.CreateAsync(
            new RunInfo
            {
                Id = Run,
                Experiment = "e",
                Name = "n",
                Status = RunStatus.Running,
                StartedAt = Start,
                HeartbeatAt = Start,
                Host = "h",
                ProcessId = 1,
            },
            new RunSnapshot
            {
                Framework = "",
                OperatingSystem = "",
                Architecture = "",
                ProcessorCount = 1,
                MemoryBytes = 1,
                Culture = "",
                TimeZone = "",
            });
        string[] names = ["x"];
        for (var batch = 0; ; batch++)
        {
            var first = batch * BatchSize;
            await runs.AppendAsync(
                Run, first, Enumerable.Range(first, BatchSize).Select(i => RunEvent.Metric("loss", i, i) with { Timestamp = Start }).ToArray());
            await predictions.AppendAsync([.. Enumerable.Range(first, BatchSize).Select(i => new PredictionRecord
            {
                Id = $"{i:000000000}", Model = Model, ModelVersion = 1, Timestamp = Start, InputNames = names, Inputs = [FeatureValue.Of(i)], Score = i,
            })]);
            await Console.Out.WriteLineAsync(batch.ToString(CultureInfo.InvariantCulture));
        }
    }

    private sealed class WriterBuilder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
