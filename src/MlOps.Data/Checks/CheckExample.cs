namespace MlOps.Data;

/// <summary>A row that failed a check.</summary>
/// <param name="Position">Its position in the data set, from 0.</param>
/// <param name="Value">The cells that the check read, as text; null where missing.</param>
public sealed record CheckExample(long Position, string? Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"row {Position}: {Value ?? "missing"}";
}
