using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>True, false or missing.</summary>
internal abstract class TruthNode : ValueNode
{
    private readonly RowBits _true = new();

    /// <summary>Marks the rows that are true, and those that are true or false.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="isTrue">Is overwritten: true; only rows that are known.</param>
    /// <param name="known">Is overwritten: true or false.</param>
    public abstract void Look(RowBatch batch, RowBits isTrue, RowBits known);

    public override void MarkPresent(RowBatch batch, RowBits present) => Look(batch, _true, present);
}

internal sealed class TruthColumnNode(string column) : TruthNode
{
    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        var ordinal = batch.Ordinal(column);
        var array = (BooleanArray)batch.Batch.Column(ordinal);
        batch.MarkPresent(ordinal, known);
        isTrue.Reset(batch.Length, value: false);
        ValidityBits.Copy(array.ValueBuffer.Span, array.Offset, isTrue);
        isTrue.And(known);
    }
}

/// <param name="value">Null for missing.</param>
internal sealed class TruthConstantNode(bool? value) : TruthNode
{
    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        isTrue.Reset(batch.Length, value == true);
        known.Reset(batch.Length, value is not null);
    }
}

internal sealed class NotNode(TruthNode operand) : TruthNode
{
    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        operand.Look(batch, isTrue, known);
        isTrue.Invert();
        isTrue.And(known);
    }
}

/// <summary>All or any of several: one that decides does so beside missing ones.</summary>
internal sealed class LogicNode(bool isAnd, IReadOnlyList<TruthNode> operands) : TruthNode
{
    private readonly RowBits _ownTrue = new();
    private readonly RowBits _ownKnown = new();
    private readonly RowBits _decided = new();

    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        _decided.Reset(batch.Length, value: false);
        known.Reset(batch.Length, value: true);
        foreach (var operand in operands)
        {
            operand.Look(batch, _ownTrue, _ownKnown);
            known.And(_ownKnown);
            if (isAnd)
            {
                // False decides.
                _ownKnown.AndNot(_ownTrue);
                _decided.Or(_ownKnown);
            }
            else
            {
                _decided.Or(_ownTrue);
            }
        }

        known.Or(_decided);
        isTrue.CopyFrom(isAnd ? known : _decided);
        if (isAnd)
        {
            isTrue.AndNot(_decided);
        }
    }
}

internal sealed class IsNullNode(ValueNode operand) : TruthNode
{
    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        operand.MarkPresent(batch, isTrue);
        isTrue.Invert();
        known.Reset(batch.Length, value: true);
    }
}

/// <summary>Whether two truths are equal.</summary>
internal sealed class TruthEqualNode(TruthNode left, TruthNode right) : TruthNode
{
    private readonly RowBits _otherTrue = new();
    private readonly RowBits _otherKnown = new();

    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        left.Look(batch, isTrue, known);
        right.Look(batch, _otherTrue, _otherKnown);
        known.And(_otherKnown);
        var words = isTrue.Words;
        var others = _otherTrue.Words;
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = ~(words[i] ^ others[i]);
        }

        isTrue.And(known);
    }
}
