using System.Text;

namespace MlOps.Tracking;

/// <summary>Stores figures with a run: SVG, HTML, PNG, JPEG, GIF, WebP or PDF, whatever drew them.</summary>
public static class RunFigureExtensions
{
    /// <summary>Stores a figure that is text: SVG or HTML, such as ScottPlot's <c>plot.GetSvgXml(600, 400)</c>.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidName"/>: the name has no ending of a figure; <see cref="ErrorCodes.FileCorrupt"/>: the content is
    /// another.
    /// </exception>
    public static Task LogFigureAsync(this IRun run, string path, string content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return LogFigureAsync(run, path, Encoding.UTF8.GetBytes(content), cancellationToken);
    }

    /// <summary>Stores a figure's bytes, such as ScottPlot's <c>plot.GetImageBytes(600, 400)</c>.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidName"/>: the name has no ending of a figure; <see cref="ErrorCodes.FileCorrupt"/>: the content is
    /// another.
    /// </exception>
    public static async Task LogFigureAsync(
        this IRun run, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        FigureFormat.Check(path, content.Span);
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await run.LogArtifactAsync(path, stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a figure that writes itself to a stream.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidName"/>: the name has no ending of a figure; <see cref="ErrorCodes.FileCorrupt"/>: the content is
    /// another.
    /// </exception>
    public static async Task LogFigureAsync(
        this IRun run, string path, Func<Stream, Task> save, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(save);
        using var stream = new MemoryStream();
        await save(stream).ConfigureAwait(false);
        await LogFigureAsync(run, path, stream.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
