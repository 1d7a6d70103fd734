using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MlOps.Tracking;

/// <summary>
/// Tells a web address what becomes of runs, one message after the other and in order; a failure is logged and no run is held up by it.
/// </summary>
internal sealed class RunWebhook(
    Uri address, TimeSpan timeout, int attempts, TimeProvider time, ILogger logger, HttpClient? client = null)
{
    // More than that waits only for a receiver that does not answer: what is newest is dropped then, and the log says so.
    private const int MaximumWaiting = 1000;

    // Each attempt has its own time, see below.
    private static readonly HttpClient _shared = new() { Timeout = Timeout.InfiniteTimeSpan };

    private readonly HttpClient _client = client ?? _shared;
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private int _waiting;

    /// <summary>Sends a message after those before it; the end of the process waits for it within its bound.</summary>
    public Task Send(RunInfo run)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(RunNotification.Of(run, time.GetUtcNow()), NotificationJson.Default.RunNotification);
        lock (_gate)
        {
            if (_waiting >= MaximumWaiting)
            {
                Log.NotificationFailed(logger, run.Id, run.Status, address.Host, null);
                return _last;
            }

            _waiting++;
            using (AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow())
            {
                _last = SendAfterAsync(_last, run, body);
            }

            OpenRuns.HoldExit(_last);
            return _last;
        }
    }

    private async Task SendAfterAsync(Task before, RunInfo run, byte[] body)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await PostAsync(body).ConfigureAwait(false);
                    return;
                }
                catch (Exception error) when (attempt < attempts && MayPass(error))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(250 << Math.Min(attempt, 6)), time).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error)
        {
            Log.NotificationFailed(logger, run.Id, run.Status, address.Host, error);
        }
        finally
        {
            lock (_gate)
            {
                _waiting--;
            }
        }
    }

    private async Task PostAsync(byte[] body)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    // What the receiver refuses once it refuses again.
    private static bool MayPass(Exception error) =>
        error is OperationCanceledException
        || (error is HttpRequestException request
            && request.StatusCode
                is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError);
}
