using System.Text.RegularExpressions;
using Apache.Arrow;

namespace MlOps.Data.Checks.Rows;

/// <summary>A text matches a regular expression.</summary>
internal sealed record PatternRule(string Of, string Pattern) : RowRule
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private readonly Regex _regex = new(Pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, Timeout);

    public override string Name => $"matches {Pattern}";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(Schema schema, CancellationToken cancellationToken)
    {
        CheckColumn.Require(schema, Of, ColumnKind.Text);
        return new(new TextTest(Of, IsMatch));
    }

    // A text on which the expression runs away is wrong.
    private bool IsMatch(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
