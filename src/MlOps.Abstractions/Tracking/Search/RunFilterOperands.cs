namespace MlOps.Tracking;

/// <summary>What AND and OR share.</summary>
internal static class RunFilterOperands
{
    public static RunFilter[] Copy(IReadOnlyList<RunFilter> operands)
    {
        ArgumentNullException.ThrowIfNull(operands);
        if (operands.Count < 2 || operands.Contains(null!))
        {
            throw new ArgumentException("Two or more filters are joined, none of them null.", nameof(operands));
        }

        return [.. operands];
    }

    public static int Depth(RunFilter[] operands) => 1 + operands.Max(operand => operand.Depth);

    public static int Hash(IReadOnlyList<RunFilter> operands, int seed)
    {
        var hash = default(HashCode);
        hash.Add(seed);
        foreach (var operand in operands)
        {
            hash.Add(operand);
        }

        return hash.ToHashCode();
    }
}
