using System.Globalization;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Tables;

/// <summary>The data are those of another data set, row by row; both are read once more at the end.</summary>
internal sealed record EqualToRule(OtherDataset Other, DatasetDiffOptions Options) : TableRule
{
    public override string Name => $"equal to {Other.Dataset.Name}{(Options.Keys.Count == 0 ? "" : $" by {string.Join(", ", Options.Keys)}")}";

    public override bool IsOfWhole => true;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken) => new(new Test(this, context));

    public override CheckEntry? ToEntry() => Other.Path is null ? null : new CheckEntry
    {
        Check = "equal_to_dataset",
        Data = Other.Path,
        Columns = Options.Keys.Count == 0 ? null : Options.Keys,
        Tolerance = Options.Tolerance == 0 ? null : Options.Tolerance,
    };

    private sealed class Test(EqualToRule rule, CheckContext context) : TableTest
    {
        public override bool NeedsRowCount => false;

        public override async ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken)
        {
            var options = rule.Options with { MaxExamples = context.Options.MaxExamples };
            var diff = await context.Dataset.DiffFromAsync(rule.Other.Dataset, options, cancellationToken).ConfigureAwait(false);
            var cells = string.Join(", ", diff.ChangedCells.Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Key} {column.Value:#,0}")));
            return new TableOutcome(diff.IsEqual, cells.Length == 0 ? diff.ToString() : $"{diff}; changed cells: {cells}", diff.ChangedRows + diff.MissingRows + diff.ExtraRows)
            {
                Examples = [.. diff.Examples.Select(difference => new CheckExample(difference.Position, Words(difference, options.Keys)))],
            };
        }

        private string Words(DatasetDifference difference, IReadOnlyList<string> keys)
        {
            var words = difference.Column is { } column && context.Personal.Contains(column) ? $"{column} is {Redacted.Text}" : difference.Words;
            var row = keys.Any(context.Personal.Contains) ? Redacted.Text : difference.Row;
            return keys.Count == 0 ? words : $"{(keys.Count == 1 ? $"{keys[0]} = {row}" : row)}: {words}";
        }
    }
}
