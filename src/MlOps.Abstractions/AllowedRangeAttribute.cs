using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace MlOps;

/// <summary>Which numbers or times an option may have; the message of a refusal names the option, its value and what is allowed.</summary>
/// <remarks>
/// Beside <see cref="RangeAttribute"/>, whose messages do not say the value and whose ranges of <see cref="TimeSpan"/> need reflection. Null
/// passes; NaN does not.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AllowedRangeAttribute : ValidationAttribute
{
    private readonly TimeSpan _minimumTime;
    private readonly TimeSpan _maximumTime;

    /// <summary>A range of numbers.</summary>
    /// <param name="minimum">The least allowed number.</param>
    /// <param name="maximum">The greatest allowed number; default: that of <see cref="int"/>.</param>
    public AllowedRangeAttribute(double minimum, double maximum = int.MaxValue) => (Minimum, Maximum) = (minimum, maximum);

    /// <summary>A range of times, written as <see cref="TimeSpan"/> writes them with the invariant culture, such as <c>00:00:00.001</c>.</summary>
    /// <param name="minimum">The shortest allowed time.</param>
    /// <param name="maximum">The longest allowed time; default 24 days, the most that a timer of the platform waits in whole days.</param>
    /// <exception cref="FormatException">One of them is not a time.</exception>
    public AllowedRangeAttribute(string minimum, string maximum = "24.00:00:00")
    {
        (Minimum, Maximum) = (minimum, maximum);
        _minimumTime = TimeSpan.Parse(minimum, CultureInfo.InvariantCulture);
        _maximumTime = TimeSpan.Parse(maximum, CultureInfo.InvariantCulture);
    }

    /// <summary>The least allowed value, a number or the text of a time.</summary>
    public object Minimum { get; }

    /// <summary>The greatest allowed value, a number or the text of a time.</summary>
    public object Maximum { get; }

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var allowed = value switch
        {
            null => true,
            TimeSpan time when Minimum is string => time >= _minimumTime && time <= _maximumTime,
            IConvertible number when Minimum is double minimum && Maximum is double maximum =>
                number.ToDouble(CultureInfo.InvariantCulture) is var converted && converted >= minimum && converted <= maximum,
            _ => throw new InvalidOperationException(
                $"{nameof(AllowedRangeAttribute)} on {validationContext.DisplayName} holds {Minimum.GetType().Name} limits, which {value.GetType().Name} has not."),
        };
        return allowed
            ? ValidationResult.Success
            : new ValidationResult(string.Create(
                CultureInfo.InvariantCulture, $"{validationContext.DisplayName} is {value}; give {Allowed()}."));
    }

    private string Allowed() => Maximum is (double)int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"at least {Minimum}")
        : string.Create(CultureInfo.InvariantCulture, $"a value from {Minimum} to {Maximum}");
}
