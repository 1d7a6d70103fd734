using System.Globalization;
using MlOps.Data.Checks.Rows;

namespace MlOps.Data;

public sealed partial class ColumnChecks
{
    /// <summary>Every number lies between the limits, both inclusive; one of them may be infinite.</summary>
    /// <remarks>
    /// Beside a column of single precision a limit is rounded to that, here as in all checks of single numbers: its 0.1 lies in the range
    /// [0, 0.1]. Whole numbers are compared as such, not as doubles.
    /// </remarks>
    public ColumnChecks InRange(double min, double max) => double.IsInfinity(min) && double.IsInfinity(max)
        ? throw new ArgumentException($"The range of the column '{_column}' has no limit: give a finite one.", nameof(min))
        : min <= max ? Add(new RangeRule(_column, min, max)) : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The range [{min}, {max}] of the column '{_column}' is empty: give the smaller limit first."),
            nameof(min));

    /// <summary>Every time lies between the limits, both inclusive.</summary>
    /// <param name="min">The first time allowed; <see cref="DateTimeOffset.MinValue"/> is no limit.</param>
    /// <param name="max">The last time allowed; <see cref="DateTimeOffset.MaxValue"/> is no limit.</param>
    public ColumnChecks InRange(DateTimeOffset min, DateTimeOffset max) => (min, max) == (DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
        ? throw new ArgumentException($"The span of time of the column '{_column}' has no limit: give one.", nameof(min))
        : min <= max ? Add(new TimeRangeRule(_column, min, max)) : throw new ArgumentException($"The span of time of the column '{_column}' is empty: give the earlier limit first.", nameof(min));

    /// <summary>Every number is this one or greater.</summary>
    public ColumnChecks AtLeast(double min) => Add(new RangeRule(_column, Finite(min, nameof(min)), double.PositiveInfinity));

    /// <summary>Every number is this one or less.</summary>
    public ColumnChecks AtMost(double max) => Add(new RangeRule(_column, double.NegativeInfinity, Finite(max, nameof(max))));

    /// <summary>Every number is greater than this one.</summary>
    public ColumnChecks GreaterThan(double min) =>
        Add(new RangeRule(_column, Finite(min, nameof(min)), double.PositiveInfinity) { MinExcluded = true });

    /// <summary>Every number is less than this one.</summary>
    public ColumnChecks LessThan(double max) =>
        Add(new RangeRule(_column, double.NegativeInfinity, Finite(max, nameof(max))) { MaxExcluded = true });

    /// <summary>Every number is greater than 0.</summary>
    public ColumnChecks Positive() => GreaterThan(0);

    /// <summary>Every number is 0 or greater.</summary>
    public ColumnChecks NotNegative() => AtLeast(0);

    /// <summary>No number is infinite.</summary>
    public ColumnChecks Finite() => Add(new FiniteRule(_column));

    /// <summary>Every number is whole; infinities count as whole.</summary>
    public ColumnChecks Whole() => Add(new WholeRule(_column));

    /// <summary>
    /// Every number lies within so many standard deviations of the mean of all; both are taken of the finite numbers, and an infinite one
    /// lies outside.
    /// </summary>
    /// <param name="zScore">The largest distance allowed, in standard deviations of the sample; above 0.</param>
    /// <remarks>The column is read a second time when a value lies outside; such a check cannot be part of a composition.</remarks>
    public ColumnChecks OutlierFree(double zScore)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Finite(zScore, nameof(zScore)), nameof(zScore));
        return Add(new OutlierRule(_column, zScore));
    }

    /// <summary>Every value is greater than the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks GreaterThan(string column) => Compare(Comparison.Greater, column);

    /// <summary>Every value is the other column's in the same row or greater; rows where either is missing are passed over.</summary>
    public ColumnChecks AtLeast(string column) => Compare(Comparison.AtLeast, column);

    /// <summary>Every value is less than the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks LessThan(string column) => Compare(Comparison.Less, column);

    /// <summary>Every value is the other column's in the same row or less; rows where either is missing are passed over.</summary>
    public ColumnChecks AtMost(string column) => Compare(Comparison.AtMost, column);

    /// <summary>Every value is the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks EqualToColumn(string column) => Compare(Comparison.Equal, column);

    /// <summary>Every value differs from the other column's in the same row; rows where either is missing are passed over.</summary>
    public ColumnChecks NotEqualToColumn(string column) => Compare(Comparison.NotEqual, column);

    /// <summary>Every text matches a regular expression; anchor it with <c>^</c> and <c>$</c> for a whole match. A text on which it takes longer than 250 ms does not match.</summary>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public ColumnChecks Matches(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Add(new PatternRule(_column, pattern, Negated: false));
    }

    /// <summary>No text matches a regular expression. A text on which it takes longer than 250 ms is wrong as well.</summary>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public ColumnChecks NotMatches(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Add(new PatternRule(_column, pattern, Negated: true));
    }

    /// <summary>Every text has this form.</summary>
    public ColumnChecks HasFormat(TextFormat format)
    {
        _ = Enum.IsDefined(format) ? format : throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");
        return Add(new FormatRule(_column, format));
    }

    /// <summary>Every text starts with this one, by code units.</summary>
    public ColumnChecks StartsWith(string text) => AddPart(TextPart.Start, text);

    /// <summary>Every text ends with this one, by code units.</summary>
    public ColumnChecks EndsWith(string text) => AddPart(TextPart.End, text);

    /// <summary>Every text contains this one, by code units.</summary>
    public ColumnChecks Contains(string text) => AddPart(TextPart.Anywhere, text);

    /// <summary>Every text has a length between two limits, both inclusive, in UTF-16 code units.</summary>
    public ColumnChecks Length(int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(min);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        return Add(new LengthRule(_column, min, max));
    }

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

    private ColumnChecks AddPart(TextPart part, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return Add(new TextPartRule(_column, part, text));
    }

    private ColumnChecks Compare(Comparison comparison, string other)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(other);
        return Add(new ColumnComparisonRule(_column, comparison, other));
    }
}
