using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class NotificationTests
{
    private static readonly Uri _address = new("https://example.org/hook");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RunInfo Info(RunStatus status = RunStatus.Running) => new()
    {
        Id = new RunId(new string('a', 32)),
        Experiment = "credit",
        Name = "µ",
        Status = status,
        StartedAt = DateTimeOffset.UnixEpoch,
        HeartbeatAt = DateTimeOffset.UnixEpoch,
        EndedAt = status == RunStatus.Running ? null : DateTimeOffset.UnixEpoch.AddSeconds(1),
        Failure = status == RunStatus.Failed ? "boom" : null,
        Host = "h",
        ProcessId = 1,
    };

    private static RunWebhook Webhook(Receiver receiver, int attempts = 3, double seconds = 5) =>
        new(_address, TimeSpan.FromSeconds(seconds), attempts, TimeProvider.System, NullLogger.Instance, new HttpClient(receiver));

    [Fact]
    public async Task Messages_say_what_became_of_the_run_in_order()
    {
        var receiver = new Receiver();
        var webhook = Webhook(receiver);
        _ = webhook.Send(Info());
        await webhook.Send(Info(RunStatus.Failed));

        Assert.Equal(["run.started", "run.failed"], receiver.Bodies.Select(body => body.GetProperty("event").GetString()));
        var failed = receiver.Bodies[1];
        Assert.Equal(
            (new string('a', 32), "credit", "µ", "Failed", "boom", "1970-01-01T00:00:01+00:00"),
            (failed.GetProperty("run_id").GetString(), failed.GetProperty("experiment").GetString(), failed.GetProperty("name").GetString(),
                failed.GetProperty("status").GetString(), failed.GetProperty("failure").GetString(), failed.GetProperty("ended_at").GetString()));
    }

    [Fact]
    public async Task A_receiver_that_is_busy_is_tried_again_and_one_that_refuses_is_not()
    {
        var busy = new Receiver(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await Webhook(busy).Send(Info());
        Assert.Equal(2, busy.Bodies.Count);

        var refusing = new Receiver(HttpStatusCode.BadRequest);
        await Webhook(refusing).Send(Info());
        Assert.Single(refusing.Bodies);

        var down = new Receiver(HttpStatusCode.BadGateway, HttpStatusCode.BadGateway, HttpStatusCode.BadGateway);
        await Webhook(down, attempts: 2).Send(Info());
        Assert.Equal(2, down.Bodies.Count);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up()
    {
        var receiver = new Receiver { Hangs = true };
        await Webhook(receiver, attempts: 1, seconds: 0.05).Send(Info()).WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task A_run_tells_its_start_and_end_and_is_not_failed_by_a_receiver_that_is_not_there()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        var address = $"http://127.0.0.1:{port}/hook/";
        listener.Prefixes.Add(address);
        listener.Start();
        var events = Task.Run(
            async () =>
            {
                var found = new List<string?>();
                while (found.Count < 2)
                {
                    var context = await listener.GetContextAsync();
                    found.Add((await JsonDocument.ParseAsync(context.Request.InputStream)).RootElement.GetProperty("event").GetString());
                    context.Response.Close();
                }

                return found;
            },
            Token);
        var runs = new InMemoryRunStore();
        var tracker = new ExperimentTracker(runs, runs, new InMemoryBlobStore(), options: new TrackingOptions { Webhook = new Uri(address) });
        var run = await tracker.StartRunAsync("notify", cancellationToken: Token);
        await run.CompleteAsync(RunStatus.Cancelled, cancellationToken: Token);
        Assert.Equal(["run.started", "run.cancelled"], await events.WaitAsync(TimeSpan.FromSeconds(30), Token));

        listener.Stop();
        await (await tracker.StartRunAsync("notify", cancellationToken: Token)).CompleteAsync(cancellationToken: Token);
    }

    [Fact]
    public void An_address_that_is_none_is_refused()
    {
        var runs = new InMemoryRunStore();
        var options = new TrackingOptions { Webhook = new Uri("file:///x") };
        var error = Assert.Throws<MlOpsException>(() => new ExperimentTracker(runs, runs, new InMemoryBlobStore(), options: options));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private sealed class Receiver(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public List<JsonElement> Bodies { get; } = [];

        public bool Hangs { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            Bodies.Add(document.RootElement.Clone());
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return new HttpResponseMessage(answers.ElementAtOrDefault(Bodies.Count - 1) is var answer && answer != 0 ? answer : HttpStatusCode.OK);
        }
    }
}
