namespace MlOps.Data.Generators;

/// <summary>What an attribute became: a rule, or why not.</summary>
internal readonly record struct RuleResult(RuleCode? Rule, string? Problem, string? Judges)
{
    public static RuleResult Of(RuleCode? rule) => new(rule, null, null);

    /// <summary>An argument is wrong.</summary>
    public static RuleResult Wrong(string problem) => new(null, problem, null);

    /// <summary>The property is of another kind than the attribute judges.</summary>
    public static RuleResult For(string judges) => new(null, null, judges);
}
