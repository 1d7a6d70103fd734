using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace MlOps.Pipelines;

/// <summary>Tries a step's code until it gives a value or its attempts are used up.</summary>
internal sealed class StepAttempts(string runId, TimeProvider time, ILoggerFactory loggers, string pipeline, int seed)
{
    private const double Jitter = 0.25;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>The pipeline's name.</summary>
    public string Pipeline => pipeline;

    /// <summary>Runs the code.</summary>
    /// <param name="step">The step.</param>
    /// <param name="inputs">Its values.</param>
    /// <param name="starting">Told before each attempt; the exception is what ended the one before.</param>
    /// <param name="cancellationToken">Ends the step without a further attempt.</param>
    public async Task<(object? Value, int Attempts)> RunAsync(
        StepDefinition step, IReadOnlyList<object?> inputs, Action<int, Exception?> starting, CancellationToken cancellationToken)
    {
        Exception? last = null;
        for (var attempt = 1; ; attempt++)
        {
            starting(attempt, last);
            try
            {
                return (await TryAsync(step, inputs, attempt, cancellationToken).ConfigureAwait(false), attempt);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                last = error;
                if (attempt >= step.Options.MaxAttempts)
                {
                    throw new MlOpsException(
                        ErrorCodes.StepFailed,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The step '{step.Name}' of the pipeline '{pipeline}' failed after {attempt} {(attempt == 1 ? "attempt" : "attempts")}: "
                            + $"{error.Message} Run the pipeline again after fixing it: finished steps are taken from the cache."),
                        error);
                }
            }

            await Task.Delay(PauseAfter(step, attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<object?> TryAsync(StepDefinition step, IReadOnlyList<object?> inputs, int attempt, CancellationToken cancellationToken)
    {
        using var limit = step.Options.Timeout is { } timeout
            ? new CancellationTokenSource(timeout, time)
            : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var token = both.Token;
        var context = new StepContext
        {
            RunId = runId,
            Step = step.Name,
            Attempt = attempt,
            Logger = loggers.CreateLogger($"MlOps.Pipelines.{pipeline}.{step.Name}"),
            Time = time,
            CancellationToken = token,
        };
        try
        {
            // A step that does not watch its token is left behind when its time is up: its value is then never published.
            return await Task.Run(() => step.InvokeAsync(context, inputs), token).WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                string.Create(CultureInfo.InvariantCulture, $"The attempt took longer than its limit of {step.Options.Timeout!.Value.TotalSeconds} s."));
        }
    }

    private TimeSpan PauseAfter(StepDefinition step, int attempt)
    {
        // Seeded by what is tried, so that steps do not retry in step and a replay pauses equally long.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{pipeline}/{step.Name}/{attempt}")));
        var jitter = Jitter * BinaryPrimitives.ReadUInt32LittleEndian(hash) / uint.MaxValue;
        var seconds = step.Options.Backoff.TotalSeconds * Math.Pow(2, attempt - 1) * (1 + jitter);
        return seconds < LongestPause.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestPause;
    }
}
