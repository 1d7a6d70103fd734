using System.Globalization;
using MlOps.Data;

namespace MlOps.Tracking;

/// <summary>What a training loop calls on a run.</summary>
public static class RunExtensions
{
    /// <summary>Records a number at a step; allocates nothing.</summary>
    public static void LogMetric(this IRun run, string name, double value, long step = 0)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Record(RunEvent.Metric(name, value, step));
    }

    /// <summary>Records a configuration value, formatted invariantly; a second, different value for the same name is refused.</summary>
    public static void LogParameter<T>(this IRun run, string name, T value)
    {
        ArgumentNullException.ThrowIfNull(run);
        var text = value switch
        {
            null => "null",
            string s => s,
            bool b => b ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "null",
        };
        run.Record(RunEvent.Parameter(name, text));
    }

    /// <summary>Records several configuration values.</summary>
    public static void LogParameters(this IRun run, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (var (name, value) in parameters)
        {
            run.LogParameter(name, value);
        }
    }

    /// <summary>Sets a label; the last value counts.</summary>
    public static void SetTag(this IRun run, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Record(RunEvent.Tag(name, value));
    }

    /// <summary>Records that the run read a data version, under the role it played, such as <c>training</c>.</summary>
    public static void LogInput(this IRun run, string role, DataVersion version)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(version);
        run.Record(RunEvent.Input(role, $"{version.Reference} sha256:{version.Hash}"));
    }

    /// <summary>Stores a text as a file of the run, in UTF-8.</summary>
    public static async Task LogTextAsync(this IRun run, string path, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        await run.LogArtifactAsync(path, content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a file of the disk with the run.</summary>
    public static async Task LogFileAsync(this IRun run, string file, string? path = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!File.Exists(file))
        {
            throw new MlOpsException(ErrorCodes.FileNotFound, $"The artifact '{file}' does not exist; nothing was logged.");
        }

        var content = File.OpenRead(file);
        await using (content.ConfigureAwait(false))
        {
            await run.LogArtifactAsync(path ?? Path.GetFileName(file), content, cancellationToken).ConfigureAwait(false);
        }
    }
}
