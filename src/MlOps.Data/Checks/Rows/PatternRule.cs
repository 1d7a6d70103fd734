using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A text matches a regular expression, or must not.</summary>
internal sealed record PatternRule(string Of, string Pattern, bool Negated) : RowRule
{
    private readonly TextPattern _pattern = new(Pattern);

    public override string Name => $"{(Negated ? "does not match" : "matches")} {Pattern}";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Text);
        return new(new TextTest(Of, text => _pattern.Match(text) == !Negated));
    }

    public override CheckEntry ToEntry() => new() { Check = Negated ? "not_matches" : "matches", Column = Of, Pattern = Pattern };
}
