namespace MlOps.Tracking;

/// <summary>Holds when all of its operands hold.</summary>
public sealed record RunFilterAll : RunFilter
{
    /// <summary>Joins two or more filters by AND.</summary>
    public RunFilterAll(params IReadOnlyList<RunFilter> operands)
        : this(RunFilterOperands.Copy(operands))
    {
    }

    private RunFilterAll(RunFilter[] operands)
        : base(RunFilterOperands.Depth(operands), operands.Sum(o => o.Conditions), operands.Sum(o => o.ValueCount)) => Operands = operands;

    /// <summary>The filters.</summary>
    public IReadOnlyList<RunFilter> Operands { get; }

    /// <inheritdoc/>
    public override IEnumerable<RunField> Fields => Operands.SelectMany(operand => operand.Fields);

    /// <inheritdoc/>
    public bool Equals(RunFilterAll? other) => other is not null && Operands.SequenceEqual(other.Operands);

    /// <inheritdoc/>
    public override int GetHashCode() => RunFilterOperands.Hash(Operands, 1);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(" AND ", Operands.Select(operand => Within(operand, operand is RunCondition or RunFilterNot)));
}
