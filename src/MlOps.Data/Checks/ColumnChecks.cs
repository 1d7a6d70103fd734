using System.Globalization;
using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Tables;

namespace MlOps.Data;

/// <summary>Collects the checks of one column. All but <see cref="NotNull"/> pass over missing values.</summary>
public sealed class ColumnChecks
{
    private readonly string _column;
    private readonly List<CheckRule> _rules;

    internal ColumnChecks(string column, List<CheckRule> rules)
    {
        (_column, _rules) = (column, rules);
    }

    /// <summary>No value is missing; NaN counts as missing.</summary>
    public ColumnChecks NotNull() => Add(new NotNullRule(_column));

    /// <summary>Every number lies between the limits, both inclusive.</summary>
    public ColumnChecks InRange(double min, double max) => min <= max
        ? Add(new RangeRule(_column, min, max))
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The range [{min}, {max}] of the column '{_column}' is empty: give the smaller limit first."),
            nameof(min));

    /// <summary>Every time lies between the limits, both inclusive.</summary>
    public ColumnChecks InRange(DateTimeOffset min, DateTimeOffset max) => min <= max
        ? Add(new TimeRangeRule(_column, min, max))
        : throw new ArgumentException($"The span of time of the column '{_column}' is empty: give the earlier limit first.", nameof(min));

    /// <summary>Every value, as text, is one of a set.</summary>
    public ColumnChecks In(params IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Add(new MembershipRule(_column, [.. values]));
    }

    /// <summary>Every text matches a regular expression; anchor it with <c>^</c> and <c>$</c> for a whole match.</summary>
    public ColumnChecks Matches(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Add(new PatternRule(_column, pattern));
    }

    /// <summary>No value occurs twice; the second occurrence and the later ones fail. Exact: memory grows with the distinct values.</summary>
    public ColumnChecks Unique() => Add(new UniqueRule(_column));

    /// <summary>Every text has at least so many UTF-16 code units.</summary>
    public ColumnChecks MinLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Add(new LengthRule(_column, length, null));
    }

    /// <summary>No text has more UTF-16 code units.</summary>
    public ColumnChecks MaxLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Add(new LengthRule(_column, null, length));
    }

    /// <summary>Every value is greater than the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks GreaterThan(string column) => Compare(Comparison.Greater, column);

    /// <summary>Every value is less than the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks LessThan(string column) => Compare(Comparison.Less, column);

    /// <summary>The column holds this kind of value; looks at the type alone.</summary>
    public ColumnChecks OfType(ColumnKind kind)
    {
        _rules.Add(new CheckRule(new TypeRule(_column, kind)));
        return this;
    }

    /// <summary>Lets the check before this pass when at least this share of the rows is right, above 0 to 1.</summary>
    public ColumnChecks Mostly(double share)
    {
        RequireShare(share);
        return ChangeLast(rule => rule with { Mostly = share }, nameof(Mostly));
    }

    /// <summary>Makes a failure of the check before this a warning: the report still passes.</summary>
    public ColumnChecks AsWarning() => ChangeLast(rule => rule with { Severity = CheckSeverity.Warning }, nameof(AsWarning));

    internal static void RequireShare(double share)
    {
        if (!(share is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of rows that must be right lies above 0 and is at most 1, such as 0.99.");
        }
    }

    private ColumnChecks Compare(Comparison comparison, string other)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(other);
        return Add(new ColumnComparisonRule(_column, comparison, other));
    }

    private ColumnChecks Add(RowRule rule)
    {
        _rules.Add(new CheckRule(rule));
        return this;
    }

    private ColumnChecks ChangeLast(Func<CheckRule, CheckRule> change, string method)
    {
        if (_rules.Count == 0 || _rules[^1].Column != _column)
        {
            throw new InvalidOperationException($"{method} changes the check before it, and the column '{_column}' has none yet: write it after a check.");
        }

        _rules[^1] = change(_rules[^1]);
        return this;
    }
}
