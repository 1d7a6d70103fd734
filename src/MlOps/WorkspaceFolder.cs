using System.Text.Json;
using System.Text.Json.Serialization;
using MlOps.Tracking;

namespace MlOps;

/// <summary>The <c>.mlops</c> folder of a workspace: one database, one store of objects, and a file that says which format they have.</summary>
public sealed partial class WorkspaceFolder
{
    /// <summary>The folder's name.</summary>
    public const string FolderName = ".mlops";

    /// <summary>The format that this version of the SDK writes.</summary>
    public const int CurrentFormat = 1;

    private const string MarkerName = "workspace.json";

    private WorkspaceFolder(string path) => Path = path;

    /// <summary>The full path of the <c>.mlops</c> folder.</summary>
    public string Path { get; }

    /// <summary>The SQLite database.</summary>
    public string DatabasePath => System.IO.Path.Combine(Path, "mlops.db");

    /// <summary>Finds the workspace of a folder as git does, or creates one.</summary>
    /// <param name="path">The folder that holds <c>.mlops</c>, or <c>.mlops</c> itself; null searches upwards from the current directory.</param>
    /// <exception cref="MlOpsException">The folder cannot be written, is not a workspace, or was made by a newer version.</exception>
    /// <remarks>A process that reproduces a run opens the reproduction's workspace, whatever the path.</remarks>
    public static WorkspaceFolder FindOrCreate(string? path = null)
    {
        path = OfReproduction ?? path;
        return FindIn(path) ?? Create(path ?? Directory.GetCurrentDirectory());
    }

    /// <summary>Finds the workspace of a folder; null when there is none.</summary>
    /// <exception cref="MlOpsException">It was made by a newer version, or its marker is damaged.</exception>
    public static WorkspaceFolder? Find(string? path = null) => FindIn(OfReproduction ?? path);

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>The workspace of a folder and no other, also where a run is being reproduced.</summary>
    internal static WorkspaceFolder FindOrCreateIn(string path) => FindIn(path) ?? Create(path);

    private static string? OfReproduction => Environment.GetEnvironmentVariable(ReproductionProcess.WorkspaceVariable);

    private static WorkspaceFolder? FindIn(string? path)
    {
        if (path is not null)
        {
            var candidate = FolderFor(path);
            return File.Exists(System.IO.Path.Combine(candidate, MarkerName)) ? Check(candidate) : null;
        }

        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, FolderName);
            if (File.Exists(System.IO.Path.Combine(candidate, MarkerName)))
            {
                return Check(candidate);
            }
        }

        return null;
    }

    private static string FolderFor(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return System.IO.Path.GetFileName(full) == FolderName ? full : System.IO.Path.Combine(full, FolderName);
    }

    private static WorkspaceFolder Create(string path)
    {
        var folder = FolderFor(path);
        var marker = System.IO.Path.Combine(folder, MarkerName);
        try
        {
            Directory.CreateDirectory(folder);
            // Beside the marker and renamed into place: another process sees no marker or a whole one.
            var temporary = marker + "." + Environment.ProcessId;
            File.WriteAllText(temporary, JsonSerializer.Serialize(new Marker(CurrentFormat), MarkerJson.Default.Marker));
            File.Move(temporary, marker, overwrite: true);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new MlOpsException(
                ErrorCodes.StorageReadOnly,
                $"The workspace folder '{folder}' cannot be created or written: {error.Message} "
                + "Give the process write access to it, or open a workspace in another folder.",
                error);
        }

        return new WorkspaceFolder(folder);
    }

    private static WorkspaceFolder Check(string folder)
    {
        var file = System.IO.Path.Combine(folder, MarkerName);
        Marker? marker;
        try
        {
            marker = JsonSerializer.Deserialize(File.ReadAllText(file), MarkerJson.Default.Marker);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new MlOpsException(
                ErrorCodes.StorageCorrupt,
                $"The workspace marker '{file}' cannot be read: {error.Message} Restore it, or write {{\"format\":{CurrentFormat}}} into it "
                + "if this version of the SDK made the workspace.",
                error);
        }

        if (marker is null || marker.Format > CurrentFormat)
        {
            throw new MlOpsException(
                ErrorCodes.WorkspaceNewer,
                $"The workspace '{folder}' has format {marker?.Format}; this version of the SDK knows formats up to {CurrentFormat}. "
                + "Update the MlOps packages, or open another workspace. Nothing was changed.");
        }

        return new WorkspaceFolder(folder);
    }

    internal sealed record Marker(int Format);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Marker))]
    internal sealed partial class MarkerJson : JsonSerializerContext;
}
