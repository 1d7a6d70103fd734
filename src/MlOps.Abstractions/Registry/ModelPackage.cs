using MlOps.Storage;

namespace MlOps.Registry;

/// <summary>The files of a model with what is needed to load, check and watch it.</summary>
public sealed record ModelPackage
{
    /// <summary>The path by convention of the fitted baseline that monitoring compares with.</summary>
    public const string BaselinePath = "baseline.bin";

    /// <summary>The engine that loads it, such as <c>mlnet</c> or <c>onnx</c>.</summary>
    public required string Flavor { get; init; }

    /// <summary>The path, among <see cref="Files"/>, of the file that the engine opens.</summary>
    public required string EntryPoint { get; init; }

    /// <summary>All files, sorted by path (ordinal).</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>What the model takes and gives.</summary>
    public required ModelSignature Signature { get; init; }

    /// <summary>Versions of the engine and packages that made it, and other facts, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
