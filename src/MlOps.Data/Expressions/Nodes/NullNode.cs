using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>The word null, which becomes a missing value of the type that its place asks for.</summary>
internal sealed class NullNode : ValueNode
{
    public static NullNode Instance { get; } = new();

    public override void MarkPresent(RowBatch batch, RowBits present) => present.Reset(batch.Length, value: false);
}
