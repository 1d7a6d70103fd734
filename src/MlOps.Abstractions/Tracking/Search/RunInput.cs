namespace MlOps.Tracking;

/// <summary>What a run read, taken apart for searches by data set.</summary>
/// <param name="Role">The role it played; MLflow calls it the context.</param>
/// <param name="Name">The data set's name: the reference up to its version, or all of it.</param>
/// <param name="Digest">The hash of the content; null when the reference has none.</param>
public readonly record struct RunInput(string Role, string Name, string? Digest)
{
    private const string Hash = " sha256:";

    /// <summary>Takes a reference such as <c>flights@3 sha256:…</c> apart.</summary>
    public static RunInput Parse(string role, string reference)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(reference);
        var hash = reference.LastIndexOf(Hash, StringComparison.Ordinal);
        var name = hash < 0 ? reference : reference[..hash];
        var version = name.LastIndexOf('@');
        return new RunInput(
            role,
            version > 0 && hash >= 0 ? name[..version] : name,
            hash < 0 ? null : reference[(hash + Hash.Length)..]);
    }
}
