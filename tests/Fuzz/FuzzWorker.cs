using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlOps.Fuzz;

/// <summary>Reads inputs on all cores until their number or the time is up.</summary>
internal sealed class FuzzWorker
{
    /// <summary>What the process ends with when an input hangs: there is no way to stop its thread.</summary>
    public const int Hung = 3;

    /// <summary>What it ends with when there is no memory left: which of the inputs took it, they show when they are read alone.</summary>
    public const int Exhausted = 4;

    private const int MostFindings = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly FuzzOptions _options;
    private readonly FuzzTarget[] _wheel;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, int> _findings = new();
    private readonly ConcurrentDictionary<string, (long Inputs, long Refused)> _counts = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly (long Started, long Index)[] _running;
    private long _next;

    public FuzzWorker(FuzzOptions options, IReadOnlyList<FuzzTarget> targets, string folder)
    {
        (_options, _folder, _next) = (options, folder, options.From - 1);
        _wheel = [.. targets.SelectMany(target => Enumerable.Repeat(target, target.Weight))];
        _running = new (long, long)[Environment.ProcessorCount];
    }

    public async Task<int> RunAsync()
    {
        using var done = new CancellationTokenSource();
        var watch = WatchAsync(done.Token);
        await Task.WhenAll(Enumerable.Range(0, _running.Length).Select(slot => Task.Run(() => WorkAsync(slot))));
        await done.CancelAsync();
        await watch;
        foreach (var (target, (inputs, refused)) in _counts.OrderBy(count => count.Key))
        {
            Console.WriteLine($"{target}: {inputs:N0} inputs, {refused:N0} refused with an MlOpsException, the others read");
        }

        Console.WriteLine($"{_counts.Values.Sum(count => count.Inputs):N0} inputs in {_clock.Elapsed.TotalSeconds:F0} s, {_findings.Count} findings (seed {_options.Seed})");
        return _findings.IsEmpty ? 0 : 1;
    }

    private async Task WorkAsync(int slot)
    {
        using var current = new CurrentInput(_folder, slot);
        while (_clock.Elapsed < _options.Time && _findings.Count < MostFindings)
        {
            var index = Interlocked.Increment(ref _next);
            if (index >= _options.Inputs)
            {
                break;
            }

            // An input is a function of seed and index alone.
            var random = new Random(HashOf(_options.Seed, index));
            var target = _wheel[random.Next(_wheel.Length)];
            var input = Mutation.Of(target, random);
            current.Write(index, target.Name, input);
            _running[slot] = (Stopwatch.GetTimestamp(), index);
            var refused = 0;
            try
            {
                await target.ReadAsync(input, random);
            }
            catch (MlOpsException)
            {
                refused = 1;
            }
            catch (OutOfMemoryException) when (_options.Inputs - _options.From > 1)
            {
                Environment.Exit(Exhausted);
            }
            catch (Exception error)
            {
                Report(index, target.Name, input, error);
            }

            _running[slot] = default;
            _counts.AddOrUpdate(target.Name, (1, refused), (_, count) => (count.Inputs + 1, count.Refused + refused));
        }
    }

    private void Report(long index, string target, byte[] input, Exception error)
    {
        // One finding a place: the first frames say which.
        var frames = (error.StackTrace ?? "").Split('\n').Take(2).Select(frame => frame.Trim());
        if (_findings.AddOrUpdate($"{target}|{error.GetType()}|{string.Join('|', frames)}", 1, (_, count) => count + 1) > 1)
        {
            return;
        }

        var path = Path.Combine(_folder, $"{target}-{_options.Seed}-{index}.bin");
        File.WriteAllBytes(path, input);
        Console.WriteLine($"FINDING {target}, seed {_options.Seed}, input {index} ({path}; again with --seed {_options.Seed} --from {index} --inputs {index + 1}):");
        Console.WriteLine(error);
    }

    private async Task WatchAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (started, index) in _running)
            {
                if (started != 0 && Stopwatch.GetElapsedTime(started) > Longest)
                {
                    Console.WriteLine($"FINDING seed {_options.Seed}, input {index} hangs: not read within {Longest.TotalSeconds} s.");
                    Environment.Exit(Hung);
                }
            }
        }
    }

    private static int HashOf(int seed, long index)
    {
        var hash = (((ulong)(uint)seed << 40) ^ (ulong)index) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 29;
        hash *= 0xBF58476D1CE4E5B9;
        return (int)(hash >> 32);
    }
}
