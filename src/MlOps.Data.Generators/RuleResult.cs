namespace MlOps.Data.Generators;

/// <summary>What an attribute became: rules, or why not.</summary>
internal readonly record struct RuleResult(RuleCode[] Rules, string? Problem, string? Judges)
{
    public static RuleResult Of(params RuleCode[] rules) => new(rules, null, null);

    /// <summary>An argument is wrong.</summary>
    public static RuleResult Wrong(string problem) => new([], problem, null);

    /// <summary>The property is of another kind than the attribute judges.</summary>
    public static RuleResult For(string judges) => new([], null, judges);
}
