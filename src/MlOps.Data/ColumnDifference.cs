namespace MlOps.Data;

/// <summary>A column that is not on both sides, or holds another kind of value.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Expected">The kind expected; null where no such column was expected.</param>
/// <param name="Actual">The kind found; null where there is no such column.</param>
public sealed record ColumnDifference(string Column, ColumnKind? Expected, ColumnKind? Actual)
{
    /// <inheritdoc/>
    public override string ToString() => (Expected, Actual) switch
    {
        ({ } kind, null) => $"{Column} ({kind}) is missing",
        (null, { } kind) => $"{Column} ({kind}) is not expected",
        _ => $"{Column} is {Actual}, expected {Expected}",
    };
}
