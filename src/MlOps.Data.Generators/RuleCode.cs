using System.Collections.Generic;

namespace MlOps.Data.Generators;

/// <summary>One rule as code: for a column of a data set, and for a single row.</summary>
/// <param name="Name">What reports and violations call it.</param>
internal sealed record RuleCode(string Name)
{
    /// <summary>Whether <see cref="Name"/> is given to the check; else it is what the check says of itself.</summary>
    public bool IsTitle { get; init; }

    /// <summary>What is called on <c>ColumnChecks</c>, such as <c>InRange(1d, 5d)</c>: rules that a check file can hold.</summary>
    public string OnColumn { get; init; } = "";

    /// <summary>What is right about a single row; null for a rule that needs other rows.</summary>
    public string? IsRight { get; init; }

    /// <summary>The other column that it reads.</summary>
    public RowColumn? Other { get; init; }

    /// <summary>Whether it matches a regular expression.</summary>
    public bool UsesPattern { get; init; }

    /// <summary>Fields that it uses.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
