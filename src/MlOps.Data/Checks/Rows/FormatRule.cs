using MlOps.Data.Checks.Formats;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Rows;

/// <summary>A text has a form.</summary>
internal sealed record FormatRule(string Of, TextFormat Format) : RowRule
{
    public override string Name => $"is {FormatWords.Of(Format.ToString())}";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Text);
        return new(new TextTest(Of, TextFormats.Test(Format)));
    }

    public override CheckEntry ToEntry() => new() { Check = "has_format", Column = Of, Format = FormatNames.NameOf(Format) };
}
