namespace MlOps.Data;

/// <summary>A check as defined: a rule on rows or on the table, where it applies, and what a failure means. Shared and immutable.</summary>
internal sealed record CheckRule
{
    public CheckRule(RowRule rows) => Rows = rows;

    public CheckRule(TableRule table) => Table = table;

    /// <summary>What every row must be; null for a check on the table.</summary>
    public RowRule? Rows { get; }

    /// <summary>What the table must be; null for a check on rows.</summary>
    public TableRule? Table { get; }

    /// <summary>The rule in words, or what its author called it.</summary>
    public string Name => Title ?? Rows?.Name ?? Table!.Name;

    public string? Column => Rows is not null ? Rows.Column : Table!.Column;

    public CheckSeverity Severity { get; init; } = CheckSeverity.Error;

    /// <summary>The share of the judged rows that must be right.</summary>
    public double Mostly { get; init; } = 1;

    /// <summary>What the author calls it; null for the rule's own words.</summary>
    public string? Title { get; init; }

    /// <summary>The rows that it is about; null for all.</summary>
    public RowExpression? Condition { get; init; }

    /// <summary>The column whose values it is judged for one by one; null for the whole.</summary>
    public string? Segment { get; init; }

    /// <summary>How its metric is judged by its history as well; null for its limits alone.</summary>
    public HistoryStrategy? History { get; init; }

    /// <summary>Refuses what says nothing or contradicts itself, once nothing more can be added to it.</summary>
    /// <exception cref="ArgumentException">It has neither limits nor a history.</exception>
    /// <exception cref="InvalidOperationException">It is about all rows, and has a condition or segments.</exception>
    public void Require()
    {
        if (Table is { HasLimits: false } && History is null)
        {
            throw new ArgumentException($"The {Table.Metric} has no limit: give min, max or both, or WithinHistory.");
        }

        if (Table is { IsOfWhole: true } && (Condition is not null || Segment is not null))
        {
            throw new InvalidOperationException($"The check '{Name}' is about all rows and has neither condition nor segments: filter both data sets with Where.");
        }
    }

    /// <summary>The name with what was changed about it.</summary>
    /// <param name="discreet">Whether it must not list values.</param>
    public string FullName(bool discreet) => string.Concat(
        discreet ? Title ?? Rows?.DiscreetName ?? Table!.DiscreetName : Name,
        History is null ? "" : $", {History}",
        Condition is null ? "" : $", when {Condition.Text}",
        Mostly < 1 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", mostly {Mostly:0.######}") : "",
        Segment is null ? "" : $", for each {Segment}");
}
