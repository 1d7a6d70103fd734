using System.Globalization;
using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Tables;

namespace MlOps.Data;

/// <summary>Collects the checks of one column. All but <see cref="NotNull"/> pass over missing values; NaN is missing.</summary>
/// <remarks>
/// A method adds a check; <see cref="Mostly"/>, <see cref="AsWarning"/>, <see cref="AsCritical"/>, <see cref="Named"/>, <see cref="When"/>,
/// <see cref="ForEach"/> and <see cref="WithinHistory"/> change the one before them.
/// </remarks>
public sealed partial class ColumnChecks
{
    private readonly string _column;
    private readonly RuleList _rules;

    internal ColumnChecks(string column, RuleList rules)
    {
        (_column, _rules) = (column, rules);
    }

    /// <summary>No value is missing; NaN counts as missing.</summary>
    public ColumnChecks NotNull() => Add(new NotNullRule(_column));

    /// <summary>Every value is missing.</summary>
    public ColumnChecks AllNull() => Add(new NotNullRule(_column, Negated: true));

    /// <summary>The column holds this kind of value; looks at the type alone.</summary>
    public ColumnChecks OfType(ColumnKind kind) => Add(new TypeRule(_column, kind));

    /// <summary>No value occurs twice; the second occurrence and the later ones fail. Exact, in the memory of <see cref="CheckOptions.MemoryBudget"/>: what does not fit goes to disk.</summary>
    public ColumnChecks Unique() => Add(new UniqueRule(_column));

    /// <summary>Every value, as text, is one of a set.</summary>
    public ColumnChecks In(params IReadOnlyList<string> values) => Add(new MembershipRule(_column, Copy(values)));

    /// <summary>Every number is one of a set; compared as doubles.</summary>
    public ColumnChecks In(params IReadOnlyList<double> values) => Add(new NumberSetRule(_column, Finite(values)));

    /// <summary>No value, as text, is one of a set.</summary>
    public ColumnChecks NotIn(params IReadOnlyList<string> values) => Add(new MembershipRule(_column, Copy(values), Negated: true));

    /// <summary>No number is one of a set; compared as doubles.</summary>
    public ColumnChecks NotIn(params IReadOnlyList<double> values) => Add(new NumberSetRule(_column, Finite(values), Negated: true));

    /// <summary>Every value, as text, is this one.</summary>
    public ColumnChecks EqualTo(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(new MembershipRule(_column, [value]));
    }

    /// <summary>Every number is this one; compared as doubles.</summary>
    public ColumnChecks EqualTo(double value) => Add(new NumberSetRule(_column, [Finite(value, nameof(value))]));

    /// <summary>Each of these values, as text, occurs at least once. Memory grows with the distinct values.</summary>
    public ColumnChecks ContainsAll(params IReadOnlyList<string> values) => Add(new SeenValuesRule(_column, Copy(values), MostCommon: false));

    /// <summary>The most common value, as text, is one of a set; all of them where several are equally common. Memory grows with the distinct values.</summary>
    public ColumnChecks MostCommonIn(params IReadOnlyList<string> values) => Add(new SeenValuesRule(_column, Copy(values), MostCommon: true));

    /// <summary>No value is less than the one before it, or as large; numbers, times, and texts by code units.</summary>
    /// <param name="strictly">Whether equal neighbours are wrong.</param>
    public ColumnChecks Increasing(bool strictly = false) => Add(new OrderRule(_column, Rising: true, strictly));

    /// <summary>No value is greater than the one before it; numbers, times, and texts by code units.</summary>
    /// <param name="strictly">Whether equal neighbours are wrong.</param>
    public ColumnChecks Decreasing(bool strictly = false) => Add(new OrderRule(_column, Rising: false, strictly));

    /// <summary>Lets the check of rows before this pass when at least this share of the rows is right, above 0 to 1.</summary>
    public ColumnChecks Mostly(double share)
    {
        _rules.Mostly(share, _column);
        return this;
    }

    /// <summary>Makes a failure of the check before this a warning: the report still passes.</summary>
    public ColumnChecks AsWarning() => ChangeLast(rule => rule with { Severity = CheckSeverity.Warning }, nameof(AsWarning));

    /// <summary>Makes a failure of the check before this critical: it stands first in reports.</summary>
    public ColumnChecks AsCritical() => ChangeLast(rule => rule with { Severity = CheckSeverity.Critical }, nameof(AsCritical));

    /// <summary>Gives the check before this a name in place of its rule's words.</summary>
    public ColumnChecks Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return ChangeLast(rule => rule with { Title = name }, nameof(Named));
    }

    /// <summary>Limits the check before this to the rows for which an expression is true; see <see cref="RowExpression"/>.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: it is no expression.</exception>
    public ColumnChecks When(string expression)
    {
        _rules.When(expression, _column);
        return this;
    }

    /// <summary>Judges the check before this for each value of a column by itself; it passes when it does for all of them. At most 1,000 values.</summary>
    public ColumnChecks ForEach(string column)
    {
        _rules.ForEach(column, _column);
        return this;
    }

    /// <summary>Judges the metric of the check before this by its own history as well, which <see cref="CheckOptions.History"/> keeps; limits may be left out then.</summary>
    /// <remarks>
    /// For all that is measured: row and column counts, means and the like, shares, associations. Each segment has a history of its own. What was seen
    /// names the bounds, such as <c>mean 12.3, expected 9.8 to 11.9 from 20 runs</c>.
    /// </remarks>
    public ColumnChecks WithinHistory(HistoryStrategy strategy)
    {
        _rules.History(strategy, _column);
        return this;
    }

    private static IReadOnlyList<T> Copy<T>(IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        return [.. values];
    }

    private IReadOnlyList<double> Finite(IReadOnlyList<double> values) => [.. Copy(values).Select(value => Finite(value, nameof(values)))];

    private double Finite(double limit, string name) => double.IsFinite(limit)
        ? limit
        : throw new ArgumentOutOfRangeException(name, limit, string.Create(CultureInfo.InvariantCulture, $"The value for the column '{_column}' has to be finite."));

    private ColumnChecks Add(RowRule rule)
    {
        _rules.Add(new CheckRule(rule));
        return this;
    }

    private ColumnChecks Add(TableRule rule)
    {
        _rules.Add(new CheckRule(rule));
        return this;
    }

    private ColumnChecks ChangeLast(Func<CheckRule, CheckRule> change, string method)
    {
        _rules.ChangeLast(change, method, _column);
        return this;
    }
}
