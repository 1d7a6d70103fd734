namespace MlOps.Tracking;

/// <summary>Which runs a search finds: conditions joined by AND, OR and NOT.</summary>
/// <remarks>
/// Immutable, compared by value, and bounded in depth and size however it was made. <see cref="ToString"/> writes it in the grammar that
/// <see cref="Parse"/> reads.
/// </remarks>
public abstract record RunFilter
{
    /// <summary>How long the text of a filter may be, in characters.</summary>
    public const int MaximumLength = 50_000;

    /// <summary>How deep NOT and parentheses may be nested.</summary>
    public const int MaximumDepth = 64;

    /// <summary>How many conditions a filter may have.</summary>
    public const int MaximumConditions = 500;

    /// <summary>How many values all its lists may have together.</summary>
    public const int MaximumValues = 10_000;

    private protected RunFilter(int depth, int conditions, int values)
    {
        if (depth > MaximumDepth || conditions > MaximumConditions || values > MaximumValues)
        {
            throw new MlOpsException(
                ErrorCodes.InvalidFilter,
                $"The filter is too large: at most {MaximumConditions} conditions, {MaximumValues} values and {MaximumDepth} levels are allowed, "
                + $"and it has {conditions}, {values} and {depth}. Use IN for many values of one field.");
        }

        (Depth, Conditions, ValueCount) = (depth, conditions, values);
    }

    internal int Depth { get; }

    internal int Conditions { get; }

    internal int ValueCount { get; }

    /// <summary>The fields that its conditions name.</summary>
    public abstract IEnumerable<RunField> Fields { get; }

    /// <summary>Reads a filter in MLflow's grammar or the superset of it that <c>docs/search.md</c> describes.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidFilter"/>: the message shows the place, says what was expected there, and names what was probably meant.
    /// </exception>
    public static RunFilter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new RunFilterParser(text).ParseFilter();
    }

    /// <summary>As the grammar writes it.</summary>
    public abstract override string ToString();

    // Operands of AND and OR that would be read as another tree without parentheses get them.
    private protected static string Within(RunFilter operand, bool bare) => bare ? operand.ToString() : $"({operand})";
}
