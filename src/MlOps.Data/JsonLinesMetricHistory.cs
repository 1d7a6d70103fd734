using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Data.Checks.History;

namespace MlOps.Data;

/// <summary>The history of metrics in a text file: one JSON object a line, appended to and never rewritten, so that it can lie in a repository.</summary>
/// <remarks>
/// Safe from many threads, and for several processes that append one after the other: a file that another is writing is waited for, up to
/// five seconds. Points are on disk when an append completes. A last line that was cut off by a crash is ignored, and removed by the next append.
/// Reading goes through the whole file: for millions of points take the SQLite history.
/// </remarks>
public sealed class JsonLinesMetricHistory : IMetricHistory, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly HistoryJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>Names the file; it is made, with its folder, by the first append.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock by which a file in use is waited for; null for the system's.</param>
    public JsonLinesMetricHistory(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (_path, _time) = (Path.GetFullPath(path), time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async Task AppendAsync(IReadOnlyList<MetricHistoryPoint> points, CancellationToken cancellationToken = default)
    {
        MetricHistoryPoints.Require(points);
        if (points.Count == 0)
        {
            return;
        }

        using var lines = new MemoryStream();
        foreach (var point in points)
        {
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(point with { Time = point.Time.ToUniversalTime() }, Json.MetricHistoryPoint));
            lines.WriteByte((byte)'\n');
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var file = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                var end = EndOfLines(file);
                file.SetLength(end);
                file.Position = end;
                lines.Position = 0;
                await lines.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FileCorrupt"/>: a line is no point; the message says which.</exception>
    public async Task<IReadOnlyList<MetricHistoryPoint>> ReadAsync(string series, int count, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!File.Exists(_path))
        {
            return [];
        }

        byte[] bytes;
        var file = SourceFile.Open(_path);
        await using (file.ConfigureAwait(false))
        {
            using var whole = new MemoryStream();
            await file.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
            bytes = whole.ToArray();
        }

        return [.. Points(bytes).Where(point => string.Equals(point.Series, series, StringComparison.Ordinal)).OrderBy(point => point.Time).TakeLast(count)];
    }

    /// <summary>Lets go of what guards the file.</summary>
    public void Dispose() => _gate.Dispose();

    private static long EndOfLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                return end;
            }
        }

        return 0;
    }

    private List<MetricHistoryPoint> Points(ReadOnlySpan<byte> bytes)
    {
        List<MetricHistoryPoint> points = [];
        for (var line = 1; bytes.IndexOf((byte)'\n') is >= 0 and var end; line++)
        {
            var text = bytes[..end].TrimEnd((byte)'\r');
            bytes = bytes[(end + 1)..];
            if (text.IsEmpty)
            {
                continue;
            }

            try
            {
                points.Add(JsonSerializer.Deserialize(text, Json.MetricHistoryPoint) ?? throw new JsonException("It is null."));
            }
            catch (JsonException error)
            {
                throw new MlOpsException(
                    ErrorCodes.FileCorrupt,
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Line {line} of the metric history '{_path}' is no point: {error.Message} Mend or remove the line."),
                    error);
            }
        }

        return points;
    }

    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            }
            catch (UnauthorizedAccessException error)
            {
                throw new MlOpsException(ErrorCodes.StorageReadOnly, $"The metric history '{_path}' cannot be written: {error.Message}", error);
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (_time.GetElapsedTime(since) > LongestWait)
                {
                    throw new MlOpsException(ErrorCodes.StorageLocked, $"The metric history '{_path}' is in use by another process: {error.Message}", error);
                }
            }

            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
