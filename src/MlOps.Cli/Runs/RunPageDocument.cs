using MlOps.Tracking;

namespace MlOps.Cli.Runs;

/// <summary>A page of found runs as JSON shows it.</summary>
internal sealed record RunPageDocument
{
    public required IReadOnlyList<RunDocument> Runs { get; init; }

    public string? NextPageToken { get; init; }

    public static RunPageDocument Of(RunPage page) =>
        new() { Runs = [.. page.Runs.Select(RunDocument.Of)], NextPageToken = page.NextPageToken };
}
