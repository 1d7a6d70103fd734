namespace MlOps.Data;

/// <summary>What adding data did.</summary>
/// <param name="Version">The version that now holds the content.</param>
/// <param name="IsNew">False when an earlier version of the name already had exactly this content.</param>
public sealed record DataVersionAdded(DataVersion Version, bool IsNew)
{
    /// <inheritdoc/>
    public override string ToString() => IsNew ? $"{Version}, new" : $"{Version}, unchanged";
}
