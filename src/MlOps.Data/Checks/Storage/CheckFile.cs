using System.Globalization;

namespace MlOps.Data.Checks.Storage;

/// <summary>Reads and writes check files, with messages that say where one is wrong.</summary>
internal static class CheckFile
{
    private const int Format = 1;

    private static readonly CheckJson Json = new(JsonFile.Options());

    /// <summary>A suite as a file.</summary>
    /// <param name="checks">The suite.</param>
    /// <param name="folder">Where the file will lie; paths of other data are written from there on. Null for full paths.</param>
    public static byte[] Write(DataChecks checks, string? folder = null)
    {
        var document = new CheckDocument
        {
            Format = Format,
            Name = checks.Name,
            Personal = checks.PersonalColumns.Count > 0 ? checks.PersonalColumns : null,
            Checks =
            [
                .. checks.Rules.Select(rule => ToEntry(rule) is { } entry ? From(entry, folder) : throw Invalid(
                    $"The check '{rule.Name}' of '{checks.Name}' holds code or data, which no check file can: state it as an expression, or define the suite in code.")),
            ],
        };
        return JsonFile.Bytes(document, Json.CheckDocument);
    }

    /// <summary>A check as an entry; null where it holds what no file can.</summary>
    public static CheckEntry? ToEntry(CheckRule rule) => (rule.Rows?.ToEntry() ?? rule.Table?.ToEntry()) is not { } entry ? null : entry with
    {
        Name = rule.Title ?? entry.Name,
        Mostly = rule.Mostly < 1 ? rule.Mostly : null,
        Severity = rule.Severity == CheckSeverity.Error ? null : rule.Severity.ToString().ToLowerInvariant(),
        When = rule.Condition?.Text,
        ForEach = rule.Segment,
        History = rule.History is { } strategy ? HistoryEntry.Of(strategy) : null,
    };

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Where it lies, for messages and for the other data that it names.</param>
    /// <param name="formats">Formats of other data beside those that this package brings.</param>
    public static DataChecks Read(ReadOnlyMemory<byte> bytes, string path, IEnumerable<IDatasetFormat>? formats = null)
    {
        var document = JsonFile.Read(bytes, Json.CheckDocument, Format, $"The check file '{path}'", ErrorCodes.InvalidConfiguration);
        if (string.IsNullOrWhiteSpace(document.Name))
        {
            throw Invalid($"The check file '{path}' has no name: give it one.");
        }

        try
        {
            var builder = new DataChecksBuilder { Open = new OtherDatasets(Path.GetDirectoryName(Path.GetFullPath(path))!, formats ?? []).Open };
            if (document.Personal is { Count: > 0 } personal)
            {
                builder.Personal(personal);
            }

            Add(document.Checks, builder);
            return builder.Build(document.Name);
        }
        catch (MlOpsException error)
        {
            throw Invalid($"The check file '{path}': {error.Message}", error);
        }
    }

    /// <summary>Adds entries to a suite.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: one is wrong; the message says which.</exception>
    public static void Add(IReadOnlyList<CheckEntry> entries, DataChecksBuilder checks)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i] ?? throw Invalid(string.Create(CultureInfo.InvariantCulture, $"check {i + 1} is null."));
            try
            {
                Add(entry, checks);
                checks.Rules.Rules[^1].Require();
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or OverflowException or FormatException or MlOpsException)
            {
                // What the argument exception adds of parameters helps nobody who reads a file.
                var message = error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;
                var subject = entry.Column is { } column ? $" of '{column}'" : "";
                throw Invalid(string.Create(CultureInfo.InvariantCulture, $"check {i + 1} ('{entry.Check}'{subject}): {message}"), error);
            }
        }
    }

    private static void Add(CheckEntry entry, DataChecksBuilder checks)
    {
        var kind = CheckKinds.Find(entry.Check);
        if (kind is null)
        {
            var nearest = NearestName.Of(entry.Check, CheckKinds.All.Select(known => known.Name));
            throw new ArgumentException($"There is no such check{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
        }

        string[] said = [.. CheckKinds.Said(entry), .. entry.Name is null ? Array.Empty<string>() : ["name"]];
        if (kind.Required.Except(said, StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw new ArgumentException($"It needs '{missing}'.");
        }

        if (said.Except(kind.Required, StringComparer.Ordinal).Except(kind.Optional, StringComparer.Ordinal).FirstOrDefault(word => word != "name") is { } surplus)
        {
            throw new ArgumentException($"It has no '{surplus}'.");
        }

        kind.Add(entry, checks);
        Change(entry, kind, checks);
    }

    private static void Change(CheckEntry entry, CheckKind kind, DataChecksBuilder checks)
    {
        if (entry.Name is { } name && !kind.Required.Contains("name", StringComparer.Ordinal))
        {
            checks.Named(name);
        }

        if (entry.Mostly is { } share)
        {
            checks.Mostly(share);
        }

        if (entry.History is { } history)
        {
            checks.WithinHistory(history.ToStrategy());
        }

        if (entry.When is { } condition)
        {
            checks.When(condition);
        }

        if (entry.ForEach is { } segment)
        {
            checks.ForEach(segment);
        }

        _ = entry.Severity switch
        {
            null or "error" => checks,
            "warning" => checks.AsWarning(),
            "critical" => checks.AsCritical(),
            var other => throw new ArgumentException($"There is no severity '{other}'. The severities are warning, error and critical."),
        };
    }

    private static CheckEntry From(CheckEntry entry, string? folder) => folder is null ? entry : entry with
    {
        Data = entry.Data is { } data ? Path.GetRelativePath(folder, data).Replace('\\', '/') : null,
        Checks = entry.Checks?.Select(part => From(part, folder)).ToArray(),
    };

    private static MlOpsException Invalid(string message, Exception? error = null) => new(ErrorCodes.InvalidConfiguration, message, error);
}
