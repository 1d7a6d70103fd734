namespace MlOps.Data;

/// <summary>One difference between two schemas.</summary>
/// <param name="Column">The column that differs.</param>
/// <param name="Kind">What it means for data that passed before.</param>
/// <param name="Description">The difference in words, such as <c>maximum 100 → 90</c>.</param>
public sealed record SchemaChange(string Column, SchemaChangeKind Kind, string Description)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Column}: {Description}";
}
