namespace MlOps.Data;

/// <summary>A rule that a row breaks.</summary>
public sealed record RowViolation
{
    /// <summary>The column whose value is wrong.</summary>
    public required string Column { get; init; }

    /// <summary>The rule in words, as the report on a data set names it, such as <c>in range [1, 6000]</c>.</summary>
    public required string Check { get; init; }

    /// <summary>The value as invariant text; null where missing.</summary>
    public string? Value { get; init; }

    /// <summary>What the violation means. Default: <see cref="CheckSeverity.Error"/>.</summary>
    public CheckSeverity Severity { get; init; } = CheckSeverity.Error;

    /// <inheritdoc/>
    public override string ToString() => $"{Column} {Check}: {Value ?? "missing"}{Mark}";

    private string Mark => Severity switch
    {
        CheckSeverity.Warning => " (warning)",
        CheckSeverity.Critical => " (critical)",
        _ => "",
    };
}
