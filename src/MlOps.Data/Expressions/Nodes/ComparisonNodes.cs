using System.Numerics;
using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Compares numbers; whole ones of 64 bits exactly.</summary>
internal sealed class NumberComparisonNode(NumberNode left, Comparison comparison, NumberNode right) : TruthNode
{
    private readonly RowBits _present = new();

    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        left.MarkPresent(batch, known);
        if (right is NumberConstantNode constant)
        {
            LookAtConstant(batch, constant, isTrue, known);
        }
        else
        {
            right.MarkPresent(batch, _present);
            known.And(_present);
            isTrue.Reset(batch.Length, value: false);
            if (left.Whole(batch) is { } first && right.Whole(batch) is { } second)
            {
                Comparisons.Mark(first.Values, comparison, second.Values, isTrue);
            }
            else
            {
                Comparisons.Mark(left.Of(batch), comparison, right.Of(batch), isTrue);
            }
        }

        isTrue.And(known);
    }

    private void LookAtConstant(RowBatch batch, NumberConstantNode constant, RowBits isTrue, RowBits known)
    {
        isTrue.Reset(batch.Length, value: false);
        if (double.IsNaN(constant.Value))
        {
            known.Reset(batch.Length, value: false);
        }
        else if (constant.WholeValue is { } whole && left.Whole(batch) is { } wholes)
        {
            Comparisons.Mark(wholes.Values, comparison, whole, whole - 1, whole + 1, isTrue);
        }
        else
        {
            var value = left.IsSingle(batch) ? SinglePrecision.Of(constant.Value) : constant.Value;
            Comparisons.Mark(left.Of(batch), comparison, value, Math.BitDecrement(value), Math.BitIncrement(value), isTrue);
        }
    }
}

/// <summary>Compares times.</summary>
internal sealed class TimeComparisonNode(TimeNode left, Comparison comparison, TimeNode right) : TruthNode
{
    private readonly RowBits _present = new();

    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        left.MarkPresent(batch, known);
        right.MarkPresent(batch, _present);
        known.And(_present);
        isTrue.Reset(batch.Length, value: false);
        Comparisons.Mark(left.Of(batch), comparison, right.Of(batch), isTrue);
        isTrue.And(known);
    }
}

/// <summary>Compares texts by code units, never by culture.</summary>
internal sealed class TextComparisonNode(TextNode left, Comparison comparison, TextNode right) : TruthNode
{
    public override void Look(RowBatch batch, RowBits isTrue, RowBits known)
    {
        isTrue.Reset(batch.Length, value: false);
        known.Reset(batch.Length, value: false);
        var first = left.Of(batch);
        var second = right.Of(batch);
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i] is { } one && second[i] is { } other)
            {
                known.Set(i);
                if (Comparisons.Holds(string.CompareOrdinal(one, other), comparison))
                {
                    isTrue.Set(i);
                }
            }
        }
    }
}

/// <summary>Marks where a comparison holds.</summary>
internal static class Comparisons
{
    /// <summary>Whether an order, as <see cref="IComparable.CompareTo"/> gives it, is the wanted one.</summary>
    public static bool Holds(int order, Comparison comparison) => comparison switch
    {
        Comparison.Less => order < 0,
        Comparison.AtMost => order <= 0,
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.AtLeast => order >= 0,
        _ => order > 0,
    };

    /// <summary>The comparison that holds with the sides exchanged.</summary>
    public static Comparison Exchanged(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.AtMost => Comparison.AtLeast,
        Comparison.AtLeast => Comparison.AtMost,
        Comparison.Greater => Comparison.Less,
        _ => comparison,
    };

    /// <summary>Marks the rows where two values compare so; what is marked beside NaN has no meaning.</summary>
    public static void Mark<T>(ReadOnlySpan<T> left, Comparison comparison, ReadOnlySpan<T> right, RowBits marks)
        where T : unmanaged, INumber<T>
    {
        switch (comparison)
        {
            case Comparison.Less or Comparison.AtLeast: VectorMarks.Less(left, right, marks.Words); break;
            case Comparison.Greater or Comparison.AtMost: VectorMarks.Less(right, left, marks.Words); break;
            default: VectorMarks.Equal(left, right, marks.Words); break;
        }

        if (comparison is Comparison.AtLeast or Comparison.AtMost or Comparison.NotEqual)
        {
            marks.Invert();
        }
    }

    /// <summary>Marks the rows where a value compares so with a constant; what is marked beside NaN has no meaning.</summary>
    /// <param name="values">The values.</param>
    /// <param name="comparison">How they must compare.</param>
    /// <param name="constant">With what.</param>
    /// <param name="before">The next smaller value; greater where there is none.</param>
    /// <param name="after">The next larger value; smaller where there is none.</param>
    /// <param name="marks">Come in cleared.</param>
    public static void Mark<T>(ReadOnlySpan<T> values, Comparison comparison, T constant, T before, T after, RowBits marks)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        var (least, most) = T.IsInfinity(T.CreateSaturating(double.PositiveInfinity))
            ? (T.CreateSaturating(double.NegativeInfinity), T.CreateSaturating(double.PositiveInfinity))
            : (T.MinValue, T.MaxValue);
        var (low, high) = comparison switch
        {
            Comparison.Less => (least, before),
            Comparison.AtMost => (least, constant),
            Comparison.AtLeast => (constant, most),
            Comparison.Greater => (after, most),
            _ => (constant, constant),
        };
        if ((comparison == Comparison.Less && before >= constant) || (comparison == Comparison.Greater && after <= constant))
        {
            return;
        }

        VectorMarks.Outside(values, low, high, marks.Words);
        if (comparison != Comparison.NotEqual)
        {
            marks.Invert();
        }
    }
}
