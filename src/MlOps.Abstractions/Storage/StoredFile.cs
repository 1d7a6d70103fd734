namespace MlOps.Storage;

/// <summary>A named file whose bytes lie in a blob store.</summary>
/// <remarks>The path is relative, uses <c>/</c>, and has no <c>.</c> or <c>..</c> segment; <see cref="Create"/> refuses any other.</remarks>
public sealed record StoredFile
{
    /// <summary>Where the file belongs below its owner's root, such as <c>plots/roc.svg</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The hash of its bytes.</summary>
    public required ContentHash Hash { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Names a stored object, checking the path.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>: the path is absolute, empty or leaves its root.</exception>
    public static StoredFile Create(string path, BlobInfo blob) =>
        new() { Path = CheckPath(path), Hash = blob.Hash, Length = blob.Length };

    /// <summary>Returns the path with <c>/</c> separators, or refuses it.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>.</exception>
    public static string CheckPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var normal = path.Replace('\\', '/');
        var segments = normal.Split('/');
        if (normal.Length is 0 or > 1000 || normal.Contains(':', StringComparison.Ordinal) || normal.Any(char.IsControl)
            || segments.Any(segment => segment is "" or "." or ".."))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"'{path}' is not a usable file path: give a relative path such as 'plots/roc.svg', without '..', ':' or control characters.");
        }

        return normal;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path} ({Length} bytes, {Hash.Short})";
}
