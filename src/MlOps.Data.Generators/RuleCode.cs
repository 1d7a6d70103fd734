using System.Collections.Generic;

namespace MlOps.Data.Generators;

/// <summary>One rule as code: for a column of a data set, or a row of one, and for a single row.</summary>
/// <param name="Name">The rule in words, as reports name it.</param>
internal sealed record RuleCode(string Name)
{
    /// <summary>What is called on <c>ColumnChecks</c>, such as <c>InRange(1d, 5d)</c>; null for a rule on rows.</summary>
    public string? OnColumn { get; init; }

    /// <summary>The condition on a <c>DatasetRow</c> called <c>row</c>, where no method of <c>ColumnChecks</c> says it.</summary>
    public string? OnDatasetRow { get; init; }

    /// <summary>What is right about a single row; null for a rule that needs other rows.</summary>
    public string? IsRight { get; init; }

    /// <summary>The other column that it reads.</summary>
    public RowColumn? Other { get; init; }

    /// <summary>Whether it matches a regular expression.</summary>
    public bool UsesPattern { get; init; }

    /// <summary>Fields that it uses.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
