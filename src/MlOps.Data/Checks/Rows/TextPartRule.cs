using System.Text;
using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>Where in a text another must be.</summary>
internal enum TextPart
{
    Start,
    End,
    Anywhere,
}

/// <summary>A text starts with, ends with or contains another, by code units.</summary>
internal sealed record TextPartRule(string Of, TextPart Part, string Text) : RowRule
{
    public override string Name => Part switch
    {
        TextPart.Start => $"starts with '{Text}'",
        TextPart.End => $"ends with '{Text}'",
        _ => $"contains '{Text}'",
    };

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Text);
        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = Part switch { TextPart.Start => "starts_with", TextPart.End => "ends_with", _ => "contains" },
        Column = Of,
        Text = Text,
    };

    private sealed class Test(TextPartRule rule) : ColumnTest(rule.Of)
    {
        private readonly byte[] _text = Encoding.UTF8.GetBytes(rule.Text);

        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            var cells = new Utf8Column((StringArray)array);
            foreach (var row in judged)
            {
                var isRight = rule.Part switch
                {
                    TextPart.Start => cells[row].StartsWith(_text),
                    TextPart.End => cells[row].EndsWith(_text),
                    _ => cells[row].IndexOf(_text) >= 0,
                };
                if (!isRight)
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
