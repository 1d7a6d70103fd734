using Microsoft.Extensions.DependencyInjection;
using MlOps.Tracking;

namespace MlOps.PostgreSql.Tests;

internal static class TestRuns
{
    public static async Task<RunId> AddAsync(IServiceProvider services, RunId run, string experiment = "e")
    {
        var info = new RunInfo
        {
            Id = run,
            Experiment = experiment,
            Name = "n",
            Status = RunStatus.Running,
            StartedAt = DateTimeOffset.UnixEpoch,
            HeartbeatAt = DateTimeOffset.UnixEpoch,
            Host = "h",
            ProcessId = 1,
        };
        var snapshot = new RunSnapshot
        {
            Framework = "f",
            OperatingSystem = "o",
            Architecture = "a",
            ProcessorCount = 1,
            MemoryBytes = 1,
            Culture = "",
            TimeZone = "",
        };
        await services.GetRequiredService<IRunStore>().CreateAsync(info, snapshot, TestContext.Current.CancellationToken);
        return run;
    }
}
