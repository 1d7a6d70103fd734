using MlOps.Storage;

namespace MlOps.Data;

/// <summary>How the files of one data version differ from those of another.</summary>
public sealed record DataVersionDiff
{
    /// <summary>The version compared from.</summary>
    public required DataVersion From { get; init; }

    /// <summary>The version compared to.</summary>
    public required DataVersion To { get; init; }

    /// <summary>The files that only <see cref="To"/> has.</summary>
    public required IReadOnlyList<StoredFile> Added { get; init; }

    /// <summary>The files that only <see cref="From"/> has.</summary>
    public required IReadOnlyList<StoredFile> Removed { get; init; }

    /// <summary>The files of <see cref="To"/> that have other bytes in <see cref="From"/>.</summary>
    public required IReadOnlyList<StoredFile> Changed { get; init; }

    /// <summary>Whether both hold the same content.</summary>
    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0;

    /// <summary>The rows gained or lost; null where a row count is not known.</summary>
    public long? RowCountChange => To.RowCount - From.RowCount;

    /// <inheritdoc/>
    public override string ToString() => IsEmpty
        ? $"{From.Reference} and {To.Reference} hold the same content."
        : $"{From.Reference} → {To.Reference}: {Added.Count} files added, {Removed.Count} removed, {Changed.Count} changed{(RowCountChange is { } rows ? $", rows {rows:+#,0;-#,0;±0}" : "")}";
}
