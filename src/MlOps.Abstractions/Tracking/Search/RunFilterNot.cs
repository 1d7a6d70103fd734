namespace MlOps.Tracking;

/// <summary>Holds when its operand does not: also of runs that lack what the operand names.</summary>
public sealed record RunFilterNot : RunFilter
{
    /// <summary>Turns a filter round.</summary>
    public RunFilterNot(RunFilter operand)
        : base(Checked(operand).Depth + 1, operand.Conditions, operand.ValueCount) => Operand = operand;

    /// <summary>The filter.</summary>
    public RunFilter Operand { get; }

    /// <inheritdoc/>
    public override IEnumerable<RunField> Fields => Operand.Fields;

    /// <inheritdoc/>
    public override string ToString() => $"NOT {Within(Operand, Operand is RunCondition or RunFilterNot)}";

    private static RunFilter Checked(RunFilter operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        return operand;
    }
}
