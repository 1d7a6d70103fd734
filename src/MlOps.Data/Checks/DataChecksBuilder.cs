using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Tables;

namespace MlOps.Data;

/// <summary>Collects the checks of a suite.</summary>
/// <remarks>
/// A method adds a check, or several; <see cref="Mostly"/>, <see cref="AsWarning"/>, <see cref="AsCritical"/> and <see cref="Named"/> change
/// the one before them.
/// </remarks>
public sealed partial class DataChecksBuilder
{
    internal DataChecksBuilder()
        : this(new RuleList())
    {
    }

    private DataChecksBuilder(RuleList rules) => Rules = rules;

    internal RuleList Rules { get; }

    /// <summary>The suite of the checks so far.</summary>
    internal DataChecks Build(string name)
    {
        Rules.Require();
        return new DataChecks(name, [.. Rules.Rules], [.. Rules.Personal]);
    }

    /// <summary>Adds checks on one column.</summary>
    public DataChecksBuilder Column(string column, Action<ColumnChecks> checks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentNullException.ThrowIfNull(checks);
        checks(new ColumnChecks(column, Rules));
        return this;
    }

    /// <summary>Marks columns as personal data: no example, message or report shows a value of theirs, but <c>•••</c>.</summary>
    public DataChecksBuilder Personal(params IReadOnlyList<string> columns)
    {
        Rules.AddPersonal(Names(columns));
        return this;
    }

    /// <summary>Adds the checks of another suite, and its personal columns.</summary>
    public DataChecksBuilder Include(DataChecks suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        Rules.Include(suite);
        return this;
    }

    /// <summary>No combination of values of these columns occurs twice; rows where one is missing are passed over. Exact, in the memory of <see cref="CheckOptions.MemoryBudget"/>.</summary>
    public DataChecksBuilder Unique(params IReadOnlyList<string> columns) => Add(new UniqueKeyRule(Names(columns)));

    /// <summary>The share of rows whose combination of values no other row has lies between two limits, both inclusive; null for none.</summary>
    /// <param name="columns">The columns; rows where one is missing are passed over. Memory grows with the distinct combinations.</param>
    /// <param name="min">The least share allowed.</param>
    /// <param name="max">The greatest share allowed.</param>
    public DataChecksBuilder UniqueShare(IReadOnlyList<string> columns, double? min = null, double? max = null) =>
        Add(new UniqueShareRule(Names(columns), Limits.Of(min, max, "unique share")));

    /// <summary>Adds a check of each row by a predicate.</summary>
    /// <param name="name">What must hold, in words.</param>
    /// <param name="predicate">Whether a row is right.</param>
    /// <param name="columns">What it reads; none for all columns.</param>
    public DataChecksBuilder Row(string name, Func<DatasetRow, bool> predicate, params IReadOnlyList<string> columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentNullException.ThrowIfNull(columns);
        return Add(new PredicateRule(name, predicate, [.. columns]));
    }

    /// <summary>An expression is true of each row, such as <c>arrival &gt; departure or cancelled</c>; rows for which it is missing are passed over.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: it is no expression.</exception>
    public DataChecksBuilder Expression(string expression) => Expression(RowExpression.Parse(expression));

    /// <summary>An expression is true of each row; rows for which it is missing are passed over.</summary>
    public DataChecksBuilder Expression(RowExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return Add(new ExpressionRule(expression));
    }

    /// <summary>Limits, both inclusive, on how many rows there are; null for no limit.</summary>
    public DataChecksBuilder RowCount(long? min = null, long? max = null) => min > max
        ? throw new ArgumentException($"The fewest rows ({min}) are more than the most ({max}).", nameof(min))
        : Add(new RowCountRule(min, max));

    /// <summary>Limits, both inclusive, on how many columns there are; null for no limit.</summary>
    public DataChecksBuilder ColumnCount(int? min = null, int? max = null) => Add(new ColumnCountRule(Limits.Of(min, max, "column count")));

    /// <summary>The columns that there are.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="exact">Whether no others are allowed.</param>
    /// <param name="ordered">Whether they must stand in this order; others may stand between them unless <paramref name="exact"/>.</param>
    public DataChecksBuilder ColumnSet(IReadOnlyList<string> names, bool exact = true, bool ordered = false) => Add(new ColumnSetRule(Names(names), exact, ordered));

    /// <summary>Pearson's correlation of two columns lies between two limits, both inclusive; null for none. A constant column has none and fails.</summary>
    public DataChecksBuilder Correlation(string first, string second, double? min = null, double? max = null) => Associate(first, second, information: false, min, max);

    /// <summary>The mutual information in nats of two columns of categories, at most 1,000 in each, lies between two limits, both inclusive; null for none.</summary>
    public DataChecksBuilder MutualInformation(string first, string second, double? min = null, double? max = null) => Associate(first, second, information: true, min, max);

    /// <summary>Every check of rows among these holds of each row, taken as one check.</summary>
    /// <param name="name">What must hold, in words.</param>
    /// <param name="checks">Adds checks of rows; the only change that they may have is a condition.</param>
    public DataChecksBuilder All(string name, Action<DataChecksBuilder> checks) => Compose(name, Composition.All, checks);

    /// <summary>At least one check of rows among these holds of each row; one that passes over the row does not count.</summary>
    /// <param name="name">What must hold, in words.</param>
    /// <param name="checks">Adds checks of rows; the only change that they may have is a condition.</param>
    public DataChecksBuilder Any(string name, Action<DataChecksBuilder> checks) => Compose(name, Composition.Any, checks);

    /// <summary>Of each row, not all checks of rows among these hold; rows that all of them pass over are passed over.</summary>
    /// <param name="name">What must hold, in words.</param>
    /// <param name="checks">Adds checks of rows; the only change that they may have is a condition.</param>
    public DataChecksBuilder Not(string name, Action<DataChecksBuilder> checks) => Compose(name, Composition.Not, checks);

    /// <summary>Adds checks of the rows for which an expression is true; see <see cref="RowExpression"/>.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: it is no expression.</exception>
    public DataChecksBuilder When(string expression, Action<DataChecksBuilder> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        Rules.Within(RowExpression.Parse(expression), () => checks(this));
        return this;
    }

    /// <summary>Adds checks that are judged for each value of a column by itself, and pass when they do for all of them. At most 1,000 values.</summary>
    public DataChecksBuilder ForEach(string column, Action<DataChecksBuilder> checks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentNullException.ThrowIfNull(checks);
        Rules.Within(column, () => checks(this));
        return this;
    }

    /// <summary>Lets the check of rows before this pass when at least this share of the rows is right, above 0 to 1.</summary>
    public DataChecksBuilder Mostly(double share)
    {
        Rules.Mostly(share, column: null);
        return this;
    }

    /// <summary>Makes a failure of the check before this a warning: the report still passes.</summary>
    public DataChecksBuilder AsWarning() => ChangeLast(rule => rule with { Severity = CheckSeverity.Warning }, nameof(AsWarning));

    /// <summary>Makes a failure of the check before this critical: it stands first in reports.</summary>
    public DataChecksBuilder AsCritical() => ChangeLast(rule => rule with { Severity = CheckSeverity.Critical }, nameof(AsCritical));

    /// <summary>Gives the check before this a name in place of its rule's words.</summary>
    public DataChecksBuilder Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return ChangeLast(rule => rule with { Title = name }, nameof(Named));
    }

    /// <summary>Limits the check before this to the rows for which an expression is true; see <see cref="RowExpression"/>.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: it is no expression.</exception>
    public DataChecksBuilder When(string expression)
    {
        Rules.When(expression, column: null);
        return this;
    }

    /// <summary>Judges the check before this for each value of a column by itself; it passes when it does for all of them. At most 1,000 values.</summary>
    public DataChecksBuilder ForEach(string column)
    {
        Rules.ForEach(column, column: null);
        return this;
    }

    /// <summary>Judges the metric of the check before this by its own history as well, which <see cref="CheckOptions.History"/> keeps; limits may be left out then.</summary>
    /// <remarks>
    /// For all that is measured: row and column counts, means and the like, shares, associations. Each segment has a history of its own. What was seen
    /// names the bounds, such as <c>mean 12.3, expected 9.8 to 11.9 from 20 runs</c>.
    /// </remarks>
    public DataChecksBuilder WithinHistory(HistoryStrategy strategy)
    {
        Rules.History(strategy, column: null);
        return this;
    }

    internal DataChecksBuilder Add(RowRule rule)
    {
        Rules.Add(new CheckRule(rule));
        return this;
    }

    internal DataChecksBuilder Add(TableRule rule)
    {
        Rules.Add(new CheckRule(rule));
        return this;
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count, nameof(columns));
        return columns.Any(string.IsNullOrWhiteSpace) ? throw new ArgumentException("A column has no name.", nameof(columns))
            : columns.Distinct(StringComparer.Ordinal).Count() < columns.Count ? throw new ArgumentException("A column is named twice.", nameof(columns))
            : [.. columns];
    }

    private DataChecksBuilder Associate(string first, string second, bool information, double? min, double? max)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(first);
        ArgumentException.ThrowIfNullOrWhiteSpace(second);
        return Add(new AssociationRule(first, second, information, Limits.Of(min, max, $"association of '{first}' and '{second}'")));
    }

    private DataChecksBuilder Compose(string name, Composition composition, Action<DataChecksBuilder> checks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(checks);
        var inner = new DataChecksBuilder { Open = Open };
        checks(inner);
        if (inner.Rules.Rules.Count == 0)
        {
            throw new ArgumentException($"'{name}' is made of no check.", nameof(checks));
        }

        foreach (var rule in inner.Rules.Rules)
        {
            var problem = rule switch
            {
                { Rows: null } => "is about the whole table, and only checks of rows can be put together",
                { Mostly: < 1 } => "has a tolerance; give it to the whole",
                { Segment: not null } => "has segments; give them to the whole",
                { Severity: not CheckSeverity.Error } => "has a severity; give it to the whole",
                _ => null,
            };
            if (problem is not null)
            {
                throw new ArgumentException($"The check '{rule.Name}' in '{name}' {problem}.", nameof(checks));
            }
        }

        return Add(new CompositeRule(name, composition, [.. inner.Rules.Rules]));
    }

    private DataChecksBuilder ChangeLast(Func<CheckRule, CheckRule> change, string method)
    {
        Rules.ChangeLast(change, method);
        return this;
    }
}
