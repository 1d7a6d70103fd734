using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Checks.Uniqueness;

namespace MlOps.Data.Checks.Rows;

/// <summary>No value occurs twice: the second occurrence and the later ones are wrong.</summary>
internal sealed record UniqueRule(string Of) : RowRule
{
    public override string Name => "unique";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken) => new(UniqueTest.Of([Of], context));

    public override CheckEntry ToEntry() => new() { Check = "unique", Column = Of };
}
