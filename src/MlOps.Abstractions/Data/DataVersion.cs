using System.Diagnostics;
using MlOps.Storage;

namespace MlOps.Data;

/// <summary>An immutable, numbered state of a data set, named by the hash of its content.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record DataVersion
{
    /// <summary>The data set's name, such as <c>flights</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Counts up from 1 within the name.</summary>
    public required int Number { get; init; }

    /// <summary>The hash over the paths and hashes of all files: equal content has an equal hash on every machine.</summary>
    public required ContentHash Hash { get; init; }

    /// <summary>The files, sorted by path (ordinal).</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many rows it has; null when its files are not of a format that is known.</summary>
    public long? RowCount { get; init; }

    /// <summary>Why it was added, for people.</summary>
    public string? Message { get; init; }

    /// <summary>The short reference that opens it, such as <c>flights@3</c>.</summary>
    public string Reference => $"{Name}@{Number}";

    /// <inheritdoc/>
    public override string ToString() => $"{Reference} ({Hash.Short})";
}
