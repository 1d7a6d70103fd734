namespace MlOps.Statistics;

/// <summary>The range of a bounded value, mapped to 0 and 1.</summary>
internal readonly record struct ValueRange
{
    public ValueRange(double lower, double upper)
    {
        if (StreamValue.HasNoMean(lower) || StreamValue.HasNoMean(upper) || lower >= upper)
        {
            throw new ArgumentOutOfRangeException(
                nameof(upper), upper, $"The range from {lower} to {upper} must go up, between numbers within ±1e100.");
        }

        (Lower, Upper) = (lower, upper);
    }

    public double Lower { get; }

    public double Upper { get; }

    public double Width => Upper - Lower;

    public bool Contains(double value) => value >= Lower && value <= Upper;

    public double ToShare(double value) => (value - Lower) / Width;

    public double FromShare(double share) => Lower + (share * Width);

    /// <summary>Whether a value is missing; refuses what lies outside.</summary>
    public bool IsMissing(double value) => !Contains(value) && (double.IsNaN(value) || Refuse(value));

    public void Write(PayloadWriter writer)
    {
        writer.Real(Lower);
        writer.Real(Upper);
    }

    private bool Refuse(double value) => throw new ArgumentOutOfRangeException(
        nameof(value), value, $"The value must lie from {Lower} to {Upper}, or be NaN for a missing one.");
}
