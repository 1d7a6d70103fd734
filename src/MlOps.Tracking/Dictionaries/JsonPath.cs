using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Paths of artifacts that hold JSON.</summary>
internal static class JsonPath
{
    /// <summary>Returns the path as the store has it, or refuses one that does not say what the file holds.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>.</exception>
    public static string Check(string path)
    {
        var normal = StoredFile.CheckPath(path);
        return normal.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? normal
            : throw new MlOpsException(ErrorCodes.InvalidName, $"'{path}' is stored as JSON: let its name end with '.json'.");
    }
}
