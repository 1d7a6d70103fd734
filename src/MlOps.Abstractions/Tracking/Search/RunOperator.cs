namespace MlOps.Tracking;

/// <summary>How a <see cref="RunCondition"/> compares.</summary>
public enum RunOperator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c>: never true of what the run does not have.</summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>LIKE</c>: the whole text fits a pattern, in which <c>%</c> stands for any characters and <c>_</c> for one.</summary>
    Like,

    /// <summary><c>NOT LIKE</c>: never true of what the run does not have.</summary>
    NotLike,

    /// <summary><c>ILIKE</c>: like <see cref="Like"/>, whatever the case of letters.</summary>
    ILike,

    /// <summary><c>NOT ILIKE</c>: never true of what the run does not have.</summary>
    NotILike,

    /// <summary><c>IN</c>: the text is one of a list.</summary>
    In,

    /// <summary><c>NOT IN</c>: never true of what the run does not have.</summary>
    NotIn,

    /// <summary><c>IS NULL</c>: the run does not have it.</summary>
    IsNull,

    /// <summary><c>IS NOT NULL</c>: the run has it.</summary>
    IsNotNull,
}
