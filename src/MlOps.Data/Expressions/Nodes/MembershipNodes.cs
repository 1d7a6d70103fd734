using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Whether a text passes a test that looks at nothing else.</summary>
internal sealed class TextTestNode(TextNode operand, Func<string, bool> test) : TruthNode
{
    private readonly TextVerdicts _verdicts = new(test);

    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        operand.MarkPresent(batch, known);
        isTrue.CopyFrom(known);
        if (operand.Encoded(batch) is { } encoded)
        {
            _verdicts.ClearWrong(encoded, isTrue);
            return;
        }

        var texts = operand.Of(batch);
        string? last = null;
        var verdict = false;
        foreach (var row in known)
        {
            // Equal texts of a batch are mostly one object.
            if (!ReferenceEquals(texts[row], last))
            {
                last = texts[row];
                verdict = test(last!);
            }

            if (!verdict)
            {
                isTrue.Unset(row);
            }
        }
    }
}

/// <summary>Whether a text is one of a set.</summary>
internal sealed class TextMembershipNode(TextNode operand, IReadOnlyCollection<string> values) : TruthNode
{
    private readonly Utf8Set _encoded = new(values);
    private readonly HashSet<string> _texts = new(values, StringComparer.Ordinal);

    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        operand.MarkPresent(batch, known);
        isTrue.CopyFrom(known);
        if (operand.Encoded(batch) is { } encoded)
        {
            isTrue.Reset(batch.Length, value: false);
            _encoded.MarkAbsent(encoded, known, isTrue);
            isTrue.Invert();
            isTrue.And(known);
            return;
        }

        var texts = operand.Of(batch);
        foreach (var row in known)
        {
            if (!_texts.Contains(texts[row]!))
            {
                isTrue.Unset(row);
            }
        }
    }
}
