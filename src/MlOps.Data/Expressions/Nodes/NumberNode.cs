using System.Numerics.Tensors;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Numbers; NaN is missing.</summary>
internal abstract class NumberNode : ValueNode
{
    /// <summary>A number for each row; valid until the next call.</summary>
    public abstract ReadOnlySpan<double> Of(RowBatch batch);

    /// <summary>The column of whole numbers of 64 bits that this is, which doubles do not hold exactly; null for anything else.</summary>
    public virtual Int64Array? Whole(RowBatch batch) => null;

    /// <summary>Whether this is a column of single precision, beside which a written number is rounded to that.</summary>
    public virtual bool IsSingle(RowBatch batch) => false;

    public override void MarkPresent(RowBatch batch, RowBits present)
    {
        present.Reset(batch.Length, value: true);
        VectorMarks.ClearNaN(Of(batch), present.Words);
    }
}

internal sealed class NumberColumnNode(string column) : NumberNode
{
    public override ReadOnlySpan<double> Of(RowBatch batch)
    {
        var ordinal = batch.Ordinal(column);
        return batch.Batch.Column(ordinal) is DoubleArray { NullCount: 0 } doubles ? doubles.Values : batch.Numbers(ordinal);
    }

    public override Int64Array? Whole(RowBatch batch) => batch.Batch.Column(batch.Ordinal(column)) as Int64Array;

    public override bool IsSingle(RowBatch batch) => batch.Batch.Column(batch.Ordinal(column)) is FloatArray;

    public override void MarkPresent(RowBatch batch, RowBits present) => batch.MarkPresent(batch.Ordinal(column), present);
}

/// <param name="value">The number; NaN for a missing one.</param>
/// <param name="whole">The number where it is whole and of 64 bits.</param>
internal sealed class NumberConstantNode(double value, long? whole) : NumberNode
{
    private double[] _values = [];

    public double Value => value;

    public long? WholeValue => whole;

    public override ReadOnlySpan<double> Of(RowBatch batch)
    {
        if (_values.Length < batch.Length)
        {
            _values = new double[batch.Length];
            System.Array.Fill(_values, value);
        }

        return _values.AsSpan(0, batch.Length);
    }
}

/// <summary>A chain of operators of one rank, taken from left to right.</summary>
internal sealed class ArithmeticNode(IReadOnlyList<NumberNode> operands, IReadOnlyList<char> operators) : NumberNode
{
    private double[] _values = [];

    public override ReadOnlySpan<double> Of(RowBatch batch)
    {
        if (_values.Length < batch.Length)
        {
            _values = new double[batch.Length];
        }

        var values = _values.AsSpan(0, batch.Length);
        operands[0].Of(batch).CopyTo(values);
        for (var i = 0; i < operators.Count; i++)
        {
            var operand = operands[i + 1].Of(batch);
            switch (operators[i])
            {
                case '+': TensorPrimitives.Add(values, operand, values); break;
                case '-': TensorPrimitives.Subtract(values, operand, values); break;
                case '*': TensorPrimitives.Multiply(values, operand, values); break;
                case '/': TensorPrimitives.Divide(values, operand, values); break;
                default: Remainder(values, operand); break;
            }
        }

        return values;
    }

    private static void Remainder(Span<double> values, ReadOnlySpan<double> divisors)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] %= divisors[i];
        }
    }
}

/// <summary>A function of one number.</summary>
internal sealed class NumberFunctionNode(NumberNode operand, NumberFunction function) : NumberNode
{
    private double[] _values = [];

    public override ReadOnlySpan<double> Of(RowBatch batch)
    {
        if (_values.Length < batch.Length)
        {
            _values = new double[batch.Length];
        }

        var values = _values.AsSpan(0, batch.Length);
        function(operand.Of(batch), values);
        return values;
    }
}

internal delegate void NumberFunction(ReadOnlySpan<double> values, Span<double> destination);

/// <summary>The lengths of texts in UTF-16 code units.</summary>
internal sealed class TextLengthNode(TextNode text) : NumberNode
{
    private double[] _values = [];

    public override ReadOnlySpan<double> Of(RowBatch batch)
    {
        if (_values.Length < batch.Length)
        {
            _values = new double[batch.Length];
        }

        var texts = text.Of(batch);
        for (var i = 0; i < texts.Length; i++)
        {
            _values[i] = texts[i]?.Length ?? double.NaN;
        }

        return _values.AsSpan(0, batch.Length);
    }
}
