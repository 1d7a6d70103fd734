using System.Globalization;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Tables;

/// <summary>There are as many rows as in other data.</summary>
internal sealed record SameRowCountRule(OtherDataset Other) : TableRule
{
    public override string Name => $"as many rows as {Other.Dataset.Name}";

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken) => new(new Test(Other.Dataset));

    public override CheckEntry? ToEntry() => Other.Path is null ? null : new CheckEntry { Check = "same_row_count", Data = Other.Path };

    private sealed class Test(Dataset other) : TableTest
    {
        public override bool NeedsCells => false;

        public override async ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken)
        {
            var expected = await other.CountAsync(cancellationToken).ConfigureAwait(false);
            var difference = rows == expected ? "" : string.Create(CultureInfo.InvariantCulture, $", {expected:#,0} in {other.Name}");
            return new TableOutcome(rows == expected, string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} rows{difference}"), rows);
        }
    }
}
