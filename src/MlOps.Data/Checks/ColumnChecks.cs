using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>Collects the checks of one column. All but <see cref="NotNull"/> pass over missing values.</summary>
public sealed class ColumnChecks
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(250);
    private readonly string _column;
    private readonly List<CheckRule> _rules;

    internal ColumnChecks(string column, List<CheckRule> rules)
    {
        (_column, _rules) = (column, rules);
    }

    /// <summary>No value is missing; NaN counts as missing.</summary>
    public ColumnChecks NotNull() => Add("not null", null, static () => (batch, column) => row => !batch.IsMissing(column, row), evaluateMissing: true);

    /// <summary>Every number lies between the limits, both inclusive.</summary>
    public ColumnChecks InRange(double min, double max)
    {
        if (!(min <= max))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The range [{min}, {max}] of the column '{_column}' is empty: give the smaller limit first."), nameof(min));
        }

        return Add(string.Create(CultureInfo.InvariantCulture, $"in range [{min}, {max}]"), ColumnKind.Number, () => (batch, column) =>
        {
            var values = batch.Numbers(column);
            return row => values[row] >= min && values[row] <= max;
        });
    }

    /// <summary>Every time lies between the limits, both inclusive.</summary>
    public ColumnChecks InRange(DateTimeOffset min, DateTimeOffset max)
    {
        if (min > max)
        {
            throw new ArgumentException($"The span of time of the column '{_column}' is empty: give the earlier limit first.", nameof(min));
        }

        return Add($"in range [{ColumnReader.TimeText(min.UtcTicks)}, {ColumnReader.TimeText(max.UtcTicks)}]", ColumnKind.Time, () => (batch, column) =>
        {
            var values = batch.Ticks(column);
            return row => values[row] >= min.UtcTicks && values[row] <= max.UtcTicks;
        });
    }

    /// <summary>Every value, as text, is one of a set.</summary>
    public ColumnChecks In(params IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        HashSet<string> known = new(values, StringComparer.Ordinal);
        var shown = string.Join(", ", values.Take(5)) + (values.Count > 5 ? $", … ({values.Count})" : "");
        return Add($"in {{{shown}}}", null, () => (batch, column) =>
        {
            var texts = batch.Texts(column);
            return row => known.Contains(texts[row]!);
        });
    }

    /// <summary>Every text matches a regular expression; anchor it with <c>^</c> and <c>$</c> for a whole match.</summary>
    public ColumnChecks Matches(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, PatternTimeout);
        return Add($"matches {pattern}", ColumnKind.Text, () =>
        {
            // Categories repeat: most verdicts are a look-up.
            Dictionary<string, bool> verdicts = new(StringComparer.Ordinal);
            return (batch, column) =>
            {
                var texts = batch.Texts(column);
                return row => IsMatch(regex, texts[row]!, verdicts);
            };
        });
    }

    /// <summary>No value occurs twice; the second occurrence and the later ones fail. Exact: memory grows with the distinct values.</summary>
    public ColumnChecks Unique() => Add("unique", null, static () =>
    {
        HashSet<string> texts = new(StringComparer.Ordinal);
        HashSet<long> integers = [];
        HashSet<double> numbers = [];
        return (batch, column) =>
        {
            var array = batch.Batch.Column(column);
            switch (ColumnReader.KindOf(array.Data.DataType))
            {
                case ColumnKind.Number when array is Apache.Arrow.Int64Array whole:
                    return row => integers.Add(whole.Values[row]);
                case ColumnKind.Number when array is not (Apache.Arrow.UInt64Array or Apache.Arrow.Decimal128Array):
                    var values = batch.Numbers(column);
                    return row => numbers.Add(values[row]);
                case ColumnKind.Time:
                    var ticks = batch.Ticks(column);
                    return row => integers.Add(ticks[row]);
                default:
                    var cells = batch.Texts(column);
                    return row => texts.Add(cells[row]!);
            }
        };
    });

    /// <summary>Every text has at least so many UTF-16 code units.</summary>
    public ColumnChecks MinLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Add($"length ≥ {length}", ColumnKind.Text, () => (batch, column) =>
        {
            var texts = batch.Texts(column);
            return row => texts[row]!.Length >= length;
        });
    }

    /// <summary>No text has more UTF-16 code units.</summary>
    public ColumnChecks MaxLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Add($"length ≤ {length}", ColumnKind.Text, () => (batch, column) =>
        {
            var texts = batch.Texts(column);
            return row => texts[row]!.Length <= length;
        });
    }

    /// <summary>Every value is greater than the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks GreaterThan(string column) => Compare(column, ">", 1);

    /// <summary>Every value is less than the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks LessThan(string column) => Compare(column, "<", -1);

    /// <summary>The column holds this kind of value; looks at the type alone.</summary>
    public ColumnChecks OfType(ColumnKind kind)
    {
        _rules.Add(new CheckRule { Name = $"is of type {kind}", Column = _column, Columns = [_column], Kind = kind, TypeOnly = true });
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

    private static bool IsMatch(Regex regex, string text, Dictionary<string, bool> verdicts)
    {
        if (verdicts.TryGetValue(text, out var verdict))
        {
            return verdict;
        }

        try
        {
            verdict = regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            verdict = false;
        }

        if (verdicts.Count < 65_536)
        {
            verdicts.Add(text, verdict);
        }

        return verdict;
    }

    private ColumnChecks Compare(string other, string sign, int wanted)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(other);
        _rules.Add(new CheckRule
        {
            Name = $"{sign} {other}",
            Column = _column,
            Columns = [_column, other],
            Start = () => (batch, fail) =>
            {
                var (left, right) = (batch.Ordinal(_column), batch.Ordinal(other));
                var isTime = ColumnReader.KindOf(batch.Batch.Column(left).Data.DataType) == ColumnKind.Time;
                Func<int, int> compare;
                if (isTime)
                {
                    var (earlier, later) = (batch.Ticks(left), batch.Ticks(right));
                    compare = row => earlier[row].CompareTo(later[row]);
                }
                else
                {
                    var (first, second) = (batch.Numbers(left), batch.Numbers(right));
                    compare = row => first[row].CompareTo(second[row]);
                }

                var evaluated = 0L;
                for (var i = 0; i < batch.Length; i++)
                {
                    if (!batch.IsMissing(left, i) && !batch.IsMissing(right, i))
                    {
                        evaluated++;
                        if (compare(i) != wanted)
                        {
                            fail(i);
                        }
                    }
                }

                return evaluated;
            },
        });
        return this;
    }

    private ColumnChecks Add(string name, ColumnKind? kind, Func<Func<RowBatch, int, Func<int, bool>>> start, bool evaluateMissing = false)
    {
        var column = _column;
        _rules.Add(new CheckRule
        {
            Name = name,
            Column = column,
            Columns = [column],
            Kind = kind,
            Start = () =>
            {
                var open = start();
                return (batch, fail) =>
                {
                    var ordinal = batch.Ordinal(column);
                    var isRight = open(batch, ordinal);
                    var mayMiss = !evaluateMissing && batch.MayMiss(ordinal);
                    var evaluated = 0L;
                    for (var i = 0; i < batch.Length; i++)
                    {
                        if (mayMiss && batch.IsMissing(ordinal, i))
                        {
                            continue;
                        }

                        evaluated++;
                        if (!isRight(i))
                        {
                            fail(i);
                        }
                    }

                    return evaluated;
                };
            },
        });
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
