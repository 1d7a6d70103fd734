using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Checks.Uniqueness;

namespace MlOps.Data.Checks.Rows;

/// <summary>No combination of values occurs twice: the second occurrence and the later ones are wrong; rows where one is missing are passed over.</summary>
internal sealed record UniqueKeyRule(IReadOnlyList<string> Of) : RowRule
{
    public override string Name => $"unique ({string.Join(", ", Of)})";

    public override IReadOnlyList<string> Columns => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken) => new(UniqueTest.Of(Of, context));

    public override CheckEntry ToEntry() => new() { Check = "unique_key", Columns = Of };
}
