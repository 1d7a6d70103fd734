namespace MlOps.Tracking;

/// <summary>Holds when one of its operands holds.</summary>
public sealed record RunFilterAny : RunFilter
{
    /// <summary>Joins two or more filters by OR.</summary>
    public RunFilterAny(params IReadOnlyList<RunFilter> operands)
        : this(RunFilterOperands.Copy(operands))
    {
    }

    private RunFilterAny(RunFilter[] operands)
        : base(RunFilterOperands.Depth(operands), operands.Sum(o => o.Conditions), operands.Sum(o => o.ValueCount)) => Operands = operands;

    /// <summary>The filters.</summary>
    public IReadOnlyList<RunFilter> Operands { get; }

    /// <inheritdoc/>
    public override IEnumerable<RunField> Fields => Operands.SelectMany(operand => operand.Fields);

    /// <inheritdoc/>
    public bool Equals(RunFilterAny? other) => other is not null && Operands.SequenceEqual(other.Operands);

    /// <inheritdoc/>
    public override int GetHashCode() => RunFilterOperands.Hash(Operands, 2);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" OR ", Operands.Select(operand => Within(operand, operand is not RunFilterAny)));
}
