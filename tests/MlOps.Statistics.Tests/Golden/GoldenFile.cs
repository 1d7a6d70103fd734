using System.Text.Json;

namespace MlOps.Statistics.Tests.Golden;

/// <summary>Reads a golden file from beside the test binaries.</summary>
internal static class GoldenFile
{
    public static JsonElement Read(string path) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", path))).RootElement;
}
