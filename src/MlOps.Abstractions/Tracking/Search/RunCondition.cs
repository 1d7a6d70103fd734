namespace MlOps.Tracking;

/// <summary>Compares one field with a value.</summary>
public sealed record RunCondition : RunFilter
{
    /// <summary>
    /// Makes a condition. A time is compared with a number of milliseconds since 1970 or an ISO 8601 text, a duration with milliseconds or
    /// <c>hours:minutes:seconds</c>, a status with its name in MLflow or here; each is kept in one form.
    /// </summary>
    /// <exception cref="ArgumentException">The field, the operator and the values do not go together.</exception>
    public RunCondition(RunField field, RunOperator comparison, params IReadOnlyList<RunLiteral> values)
        : base(1, 1, Checked(values).Count)
    {
        ArgumentNullException.ThrowIfNull(field);
        Field = field;
        Operator = comparison;
        var kept = values.ToArray();
        if (RunConditionRules.Problem(field, comparison, kept) is { } problem)
        {
            throw new ArgumentException($"{problem.Message}; expected {problem.Expected}.", nameof(values));
        }

        Values = kept;
    }

    /// <summary>What is compared.</summary>
    public RunField Field { get; }

    /// <summary>How.</summary>
    public RunOperator Operator { get; }

    /// <summary>With what: one value; none for NULL; one or more for a list.</summary>
    public IReadOnlyList<RunLiteral> Values { get; }

    /// <inheritdoc/>
    public override IEnumerable<RunField> Fields => [Field];

    /// <summary>Whether a number that the run has answers the condition; times and durations in whole milliseconds.</summary>
    /// <remarks>Only != is true of NaN.</remarks>
    public bool IsMatch(double number) => Operator switch
    {
        RunOperator.Equal => number == Values[0].Number,
        RunOperator.NotEqual => number != Values[0].Number,
        RunOperator.Less => number < Values[0].Number,
        RunOperator.LessOrEqual => number <= Values[0].Number,
        RunOperator.Greater => number > Values[0].Number,
        RunOperator.GreaterOrEqual => number >= Values[0].Number,
        var op => op == RunOperator.IsNotNull,
    };

    /// <summary>Whether a text that the run has answers the condition. Compared with a number, a text that is none does not.</summary>
    public bool IsMatch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Values is [{ Text: null }])
        {
            return RunNumber.TryParse(text, out var number) && IsMatch(number);
        }

        return Operator switch
        {
            RunOperator.Equal => text == Values[0].Text,
            RunOperator.NotEqual => text != Values[0].Text,
            RunOperator.Like => LikePattern.IsMatch(text, Values[0].Text!, ignoreCase: false),
            RunOperator.NotLike => !LikePattern.IsMatch(text, Values[0].Text!, ignoreCase: false),
            RunOperator.ILike => LikePattern.IsMatch(text, Values[0].Text!, ignoreCase: true),
            RunOperator.NotILike => !LikePattern.IsMatch(text, Values[0].Text!, ignoreCase: true),
            RunOperator.In => Values.Contains(text),
            RunOperator.NotIn => !Values.Contains(text),
            var op => op == RunOperator.IsNotNull,
        };
    }

    /// <summary>Whether a status answers the condition.</summary>
    public bool IsMatch(RunStatus status) => IsMatch(RunStatusName.Of(status));

    /// <inheritdoc/>
    public bool Equals(RunCondition? other) =>
        other is not null && Field == other.Field && Operator == other.Operator && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Field, Operator, Values.Count, Values.Count > 0 ? Values[0] : default);

    /// <inheritdoc/>
    public override string ToString() => Operator switch
    {
        RunOperator.IsNull or RunOperator.IsNotNull => $"{Field} {RunOperators.Text(Operator)}",
        RunOperator.In or RunOperator.NotIn => $"{Field} {RunOperators.Text(Operator)} ({string.Join(", ", Values)})",
        _ => $"{Field} {RunOperators.Text(Operator)} {Values[0]}",
    };

    private static IReadOnlyList<RunLiteral> Checked(IReadOnlyList<RunLiteral> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values;
    }
}
