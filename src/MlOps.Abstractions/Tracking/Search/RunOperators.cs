namespace MlOps.Tracking;

/// <summary>How the grammar writes operators, and what they take.</summary>
internal static class RunOperators
{
    public static string Text(RunOperator value) => value switch
    {
        RunOperator.Equal => "=",
        RunOperator.NotEqual => "!=",
        RunOperator.Less => "<",
        RunOperator.LessOrEqual => "<=",
        RunOperator.Greater => ">",
        RunOperator.GreaterOrEqual => ">=",
        RunOperator.Like => "LIKE",
        RunOperator.NotLike => "NOT LIKE",
        RunOperator.ILike => "ILIKE",
        RunOperator.NotILike => "NOT ILIKE",
        RunOperator.In => "IN",
        RunOperator.NotIn => "NOT IN",
        RunOperator.IsNull => "IS NULL",
        _ => "IS NOT NULL",
    };

    public static bool IsNull(RunOperator value) => value is RunOperator.IsNull or RunOperator.IsNotNull;

    public static bool IsList(RunOperator value) => value is RunOperator.In or RunOperator.NotIn;

    public static bool IsPattern(RunOperator value) =>
        value is RunOperator.Like or RunOperator.NotLike or RunOperator.ILike or RunOperator.NotILike;

    public static bool IsOrder(RunOperator value) =>
        value is RunOperator.Less or RunOperator.LessOrEqual or RunOperator.Greater or RunOperator.GreaterOrEqual;
}
