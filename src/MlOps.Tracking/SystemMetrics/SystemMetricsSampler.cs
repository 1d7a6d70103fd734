using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MlOps.Tracking;

/// <summary>
/// Samples the machine and the process for all runs that ask for it: one timer, which stands still while there is no such run.
/// </summary>
internal sealed class SystemMetricsSampler(
    IReadOnlyList<ISystemMetricSource> sources, TimeProvider time, TimeSpan interval, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Sampled, bool> _runs = new();
    private ITimer? _timer;
    private int _sampling;

    /// <summary>The sources of this machine.</summary>
    public static IReadOnlyList<ISystemMetricSource> SourcesOf(TimeProvider time)
    {
        var sources = new List<ISystemMetricSource> { new ProcessSource(time), new DiskSource(Environment.CurrentDirectory), new NetworkSource() };
        if (OperatingSystem.IsLinux())
        {
            sources.Add(new LinuxSource());
        }

        if (NvidiaSource.Find(Environment.GetEnvironmentVariable("PATH")) is { } program)
        {
            sources.Add(new NvidiaSource(program));
        }

        return sources;
    }

    /// <summary>Samples for a run until it ends.</summary>
    public IRunCompanion Watch(IRun run)
    {
        var sampled = new Sampled(this, run);
        lock (_gate)
        {
            _runs.TryAdd(sampled, true);
            if (_timer is null)
            {
                // The timer must not hold on to the execution context of the call that starts the first run.
                using (AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow())
                {
                    _timer = time.CreateTimer(static state => _ = ((SystemMetricsSampler)state!).SampleAsync(), this, interval, interval);
                }
            }
        }

        return sampled;
    }

    private async Task SampleAsync()
    {
        // One that takes longer than the interval is not started a second time beside itself.
        if (Interlocked.Exchange(ref _sampling, 1) != 0)
        {
            return;
        }

        try
        {
            var values = new List<KeyValuePair<string, double>>();
            foreach (var source in sources)
            {
                await source.ReadAsync(values, CancellationToken.None).ConfigureAwait(false);
            }

            foreach (var run in _runs.Keys)
            {
                run.Record(values);
            }
        }
        catch (Exception error)
        {
            Log.SampleFailed(logger, error);
        }
        finally
        {
            Volatile.Write(ref _sampling, 0);
        }
    }

    private void Forget(Sampled run)
    {
        lock (_gate)
        {
            if (_runs.TryRemove(run, out _) && _runs.IsEmpty)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private sealed class Sampled(SystemMetricsSampler sampler, IRun run) : IRunCompanion
    {
        private long _step;

        public void Record(List<KeyValuePair<string, double>> values)
        {
            try
            {
                foreach (var (name, value) in values)
                {
                    run.LogMetric(name, value, _step);
                }

                _step++;
            }
            catch (MlOpsException)
            {
                // The run has ended meanwhile, or cannot write: its callers are told, and the next sample tries again.
            }
        }

        public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            sampler.Forget(this);
            return Task.CompletedTask;
        }
    }
}
