namespace MlOps.Data;

/// <summary>What reading back every byte of a data version found.</summary>
public sealed record DataVersionVerification
{
    /// <summary>What was verified.</summary>
    public required DataVersion Version { get; init; }

    /// <summary>What is wrong, one sentence a file; empty when all is well.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Whether all files are there with the bytes they had when they were added.</summary>
    public bool Passed => Problems.Count == 0;

    /// <inheritdoc/>
    public override string ToString() => Passed ? $"{Version} is whole: {Version.Files.Count} files." : $"{Version} is damaged: {string.Join(' ', Problems)}";
}
