using MlOps.Testing;

namespace MlOps.Tracking.Tests;

/// <summary>Changes the console of the process: runs alone.</summary>
[Collection(nameof(ConsoleTests))]
[CollectionDefinition(nameof(ConsoleTests), DisableParallelization = true)]
public sealed class ConsoleTests
{
    private readonly InMemoryRunStore _runs = new();
    private readonly InMemoryBlobStore _blobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExperimentTracker Tracker(int maximum = 1_048_576) =>
        new(_runs, _runs, _blobs, options: new TrackingOptions { MaximumDiffBytes = 0, CaptureConsole = true, MaximumConsoleCharacters = maximum });

    [Fact]
    public async Task What_the_process_writes_while_the_run_is_open_is_a_file_of_it()
    {
        var (output, error) = (Console.Out, Console.Error);
        RunId id;
        Console.WriteLine("before");
        await using (var run = await Tracker().StartRunAsync("console", cancellationToken: Token))
        {
            id = run.Info.Id;
            Console.WriteLine("epoch {0}", 1);
            await Console.Error.WriteLineAsync("careful");
            Console.Write('x');
        }

        Assert.Same(output, Console.Out);
        Assert.Same(error, Console.Error);
        Console.WriteLine("after");
        Assert.Equal($"epoch 1{Environment.NewLine}careful{Environment.NewLine}x", await ReadAsync(id));
    }

    [Fact]
    public async Task Runs_that_are_open_at_once_have_each_all_of_it()
    {
        var output = Console.Out;
        var outer = await Tracker().StartRunAsync("console", cancellationToken: Token);
        Console.Write("a");
        var inner = await Tracker().StartNestedRunAsync(outer, cancellationToken: Token);
        Console.Write("b");
        await outer.CompleteAsync(cancellationToken: Token);
        Console.Write("c");
        await inner.CompleteAsync(cancellationToken: Token);
        Console.WriteLine();

        Assert.Same(output, Console.Out);
        Assert.Equal(("ab", "bc"), (await ReadAsync(outer.Info.Id), await ReadAsync(inner.Info.Id)));
    }

    [Fact]
    public async Task The_output_is_stored_while_the_run_is_open()
    {
        await using var run = await Tracker().StartRunAsync("console", cancellationToken: Token);
        Console.WriteLine("early");
        while ((await _runs.FindAsync(run.Info.Id, Token))!.Artifacts.Count == 0)
        {
            await Task.Delay(20, Token);
        }

        Assert.Equal("early" + Environment.NewLine, await ReadAsync(run.Info.Id));
    }

    [Fact]
    public async Task Of_much_output_the_beginning_and_the_end_are_kept()
    {
        RunId id;
        await using (var run = await Tracker(1024).StartRunAsync("console", cancellationToken: Token))
        {
            id = run.Info.Id;
            for (var i = 0; i < 1000; i++)
            {
                Console.WriteLine($"{i:000000000}");
            }
        }

        var text = await ReadAsync(id);
        Assert.InRange(text.Length, 1024, 1100);
        Assert.StartsWith("000000000", text, StringComparison.Ordinal);
        Assert.EndsWith("000000999" + Environment.NewLine, text, StringComparison.Ordinal);
        Assert.Contains("characters left out", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resumed_run_keeps_what_its_earlier_process_wrote()
    {
        var run = await Tracker().StartRunAsync("console", cancellationToken: Token);
        Console.WriteLine("first");
        await run.CompleteAsync(cancellationToken: Token);
        run = await Tracker().ResumeRunAsync(run.Info.Id, cancellationToken: Token);
        Console.WriteLine("second");
        await run.CompleteAsync(cancellationToken: Token);
        Assert.Equal("first" + Environment.NewLine, await ReadAsync(run.Info.Id));
        Assert.Equal("second" + Environment.NewLine, await ReadAsync(run.Info.Id, "logs/console-2.txt"));
    }

    private async Task<string> ReadAsync(RunId run, string path = "logs/console.txt")
    {
        using var reader = new StreamReader(await Tracker().OpenArtifactAsync(run, path, Token));
        return await reader.ReadToEndAsync(Token);
    }
}
