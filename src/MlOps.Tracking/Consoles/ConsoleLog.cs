using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>What the process wrote to its console while a run was open, kept as a file of the run.</summary>
/// <remarks>
/// A file is stored anew as a whole, and the content-addressed store keeps each version until it is swept. So it is stored when it has
/// grown by a quarter, and else once a minute: all versions together are a few times the last.
/// </remarks>
internal sealed class ConsoleLog : IRunCompanion, IAsyncDisposable
{
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();
    private readonly SemaphoreSlim _storing = new(1, 1);
    private readonly IRun _run;
    private readonly string _path;
    private readonly int _half;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private long _written;
    private long _stored;
    private long _storedAt;

    public ConsoleLog(IRun run, string path, int maximumCharacters, TimeProvider time, TimeSpan interval, ILogger logger)
    {
        _run = run;
        _path = path;
        _half = maximumCharacters / 2;
        _time = time;
        _logger = logger;
        _storedAt = time.GetTimestamp();
        ConsoleTee.Open(this);
        using (AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static state => _ = ((ConsoleLog)state!).StoreIfGrownAsync(), this, interval, interval);
        }
    }

    /// <summary>Where the output goes: a resumed run keeps what its earlier processes wrote.</summary>
    public static string PathBeside(IEnumerable<StoredFile> artifacts)
    {
        var taken = artifacts.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var path = "logs/console.txt";
        for (var i = 2; taken.Contains(path); i++)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"logs/console-{i}.txt");
        }

        return path;
    }

    /// <summary>Keeps the first half of what is allowed, and of the rest the end.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            _written += text.Length;
            var room = Math.Min(text.Length, _half - _head.Length);
            _head.Append(text[..room]);
            text = text[room..];
            _tail.Append(text.Length > _half ? text[^_half..] : text);

            // Cut at twice the size, so that not every line moves the whole.
            if (_tail.Length > 2 * _half)
            {
                _tail.Remove(0, _tail.Length - _half);
            }
        }
    }

    public Task FlushAsync(CancellationToken cancellationToken) => StoreAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        await StoreAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more.</summary>
    public ValueTask DisposeAsync()
    {
        ConsoleTee.Close(this);
        return _timer.DisposeAsync();
    }

    private async Task StoreIfGrownAsync()
    {
        try
        {
            var (written, stored) = (Interlocked.Read(ref _written), Interlocked.Read(ref _stored));
            if (written > stored && (written >= stored + (stored / 4) || _time.GetElapsedTime(_storedAt) >= AtLeastEvery))
            {
                await StoreAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            Log.CompanionFailed(_logger, _run.Info.Id, error);
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        await _storing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (text, written) = Content();
            if (written == _stored)
            {
                return;
            }

            await _run.LogTextAsync(_path, text, cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref _stored, written);
            _storedAt = _time.GetTimestamp();
        }
        finally
        {
            _storing.Release();
        }
    }

    private (string Text, long Written) Content()
    {
        lock (_gate)
        {
            var kept = Math.Min(_tail.Length, _half);
            var tail = _tail.ToString(_tail.Length - kept, kept);
            var omitted = _written - _head.Length - kept;
            return (omitted == 0
                ? _head + tail
                : string.Create(CultureInfo.InvariantCulture, $"{_head}\n… {omitted} characters left out …\n{tail}"), _written);
        }
    }
}
