namespace MlOps.Data;

/// <summary>The checks of a suite while they are being defined, with the conditions and segments that surround the next one.</summary>
internal sealed class RuleList
{
    private readonly List<CheckRule> _rules = [];
    private readonly List<string> _personal = [];
    private RowExpression? _condition;
    private string? _segment;

    public IReadOnlyList<CheckRule> Rules => _rules;

    /// <summary>The columns whose values are not to be shown.</summary>
    public IReadOnlyList<string> Personal => _personal;

    public void Add(CheckRule rule) => _rules.Add(rule with { Condition = _condition, Segment = _segment });

    public void AddPersonal(IEnumerable<string> columns) => _personal.AddRange(columns.Except(_personal, StringComparer.Ordinal).ToArray());

    /// <summary>Adds the checks of another suite under the conditions and segments that surround them here.</summary>
    public void Include(DataChecks suite)
    {
        _rules.AddRange(suite.Rules.Select(rule => rule with
        {
            Condition = _condition is null ? rule.Condition : rule.Condition is { } own ? RowExpression.Both(_condition, own) : _condition,
            Segment = _segment is null ? rule.Segment : Single(rule.Segment, _segment),
        }));
        AddPersonal(suite.PersonalColumns);
    }

    /// <summary>Changes the last check.</summary>
    /// <param name="change">The change.</param>
    /// <param name="method">Who asks, for the message.</param>
    /// <param name="column">The column that the check must be about; null for any check.</param>
    public void ChangeLast(Func<CheckRule, CheckRule> change, string method, string? column = null)
    {
        if (_rules.Count == 0 || (column is not null && _rules[^1].Column != column))
        {
            throw new InvalidOperationException(column is null
                ? $"{method} changes the check before it, and there is none yet: write it after a check."
                : $"{method} changes the check before it, and the column '{column}' has none yet: write it after a check.");
        }

        _rules[^1] = change(_rules[^1]);
    }

    /// <summary>Gives the last check a tolerance.</summary>
    public void Mostly(double share, string? column)
    {
        if (!(share is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of rows that must be right lies above 0 and is at most 1, such as 0.99.");
        }

        ChangeLast(
            rule => rule.Rows is not null
                ? rule with { Mostly = share }
                : throw new InvalidOperationException($"The check '{rule.Name}' is about the table, and only checks of rows have a share of right ones."),
            nameof(Mostly),
            column);
    }

    /// <summary>Narrows the last check.</summary>
    public void When(string expression, string? column)
    {
        var condition = RowExpression.Parse(expression);
        ChangeLast(rule => rule with { Condition = rule.Condition is { } outer ? RowExpression.Both(outer, condition) : condition }, nameof(When), column);
    }

    /// <summary>Judges the last check segment by segment.</summary>
    public void ForEach(string segment, string? column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(segment);
        ChangeLast(rule => rule with { Segment = Single(rule.Segment, segment) }, nameof(ForEach), column);
    }

    /// <summary>Judges the last check by the history of its metric.</summary>
    public void History(HistoryStrategy strategy, string? column)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ChangeLast(
            rule => rule.Table?.Metric is not null
                ? rule with { History = strategy }
                : throw new InvalidOperationException($"The check '{rule.Name}' measures nothing that has a history; metrics such as the mean or the row count do."),
            "WithinHistory",
            column);
    }

    /// <summary>Refuses checks that say nothing or contradict themselves.</summary>
    public void Require()
    {
        foreach (var rule in _rules)
        {
            rule.Require();
        }
    }

    /// <summary>Adds checks under a condition.</summary>
    public void Within(RowExpression condition, Action add)
    {
        var outer = _condition;
        _condition = outer is null ? condition : RowExpression.Both(outer, condition);
        add();
        _condition = outer;
    }

    /// <summary>Adds checks that are judged segment by segment.</summary>
    public void Within(string segment, Action add)
    {
        var outer = _segment;
        _segment = Single(outer, segment);
        add();
        _segment = outer;
    }

    private static string Single(string? outer, string segment) => outer is null || outer == segment
        ? segment
        : throw new InvalidOperationException($"A check is judged for each value of one column: '{outer}' is chosen already, so '{segment}' cannot be.");
}
