using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Texts; null is missing.</summary>
internal abstract class TextNode : ValueNode
{
    /// <summary>A text for each row; valid until the next call.</summary>
    public abstract ReadOnlySpan<string?> Of(RowBatch batch);

    /// <summary>The column that this is, as it lies in memory; null for anything else.</summary>
    public virtual StringArray? Encoded(RowBatch batch) => null;

    public override void MarkPresent(RowBatch batch, RowBits present)
    {
        present.Reset(batch.Length, value: false);
        var texts = Of(batch);
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not null)
            {
                present.Set(i);
            }
        }
    }
}

internal sealed class TextColumnNode(string column) : TextNode
{
    public override ReadOnlySpan<string?> Of(RowBatch batch) => batch.Texts(batch.Ordinal(column));

    public override StringArray? Encoded(RowBatch batch) => batch.Batch.Column(batch.Ordinal(column)) as StringArray;

    public override void MarkPresent(RowBatch batch, RowBits present) => batch.MarkPresent(batch.Ordinal(column), present);
}

/// <param name="value">The text; null for a missing one.</param>
internal sealed class TextConstantNode(string? value) : TextNode
{
    private string?[] _values = [];

    public string? Value => value;

    public override ReadOnlySpan<string?> Of(RowBatch batch)
    {
        if (_values.Length < batch.Length)
        {
            _values = new string?[batch.Length];
            System.Array.Fill(_values, value);
        }

        return _values.AsSpan(0, batch.Length);
    }
}

/// <summary>A function of one text.</summary>
internal sealed class TextFunctionNode(TextNode operand, Func<string, string> function) : TextNode
{
    private string?[] _values = [];

    public override ReadOnlySpan<string?> Of(RowBatch batch)
    {
        if (_values.Length < batch.Length)
        {
            _values = new string?[batch.Length];
        }

        var texts = operand.Of(batch);

        // Equal texts of a batch are mostly one object.
        string? last = null, result = null;
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is { } text)
            {
                if (!ReferenceEquals(text, last))
                {
                    (last, result) = (text, function(text));
                }

                _values[i] = result;
            }
            else
            {
                _values[i] = null;
            }
        }

        return _values.AsSpan(0, batch.Length);
    }
}
