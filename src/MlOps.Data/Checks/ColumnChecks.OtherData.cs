using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Tables;
using MlOps.Statistics;

namespace MlOps.Data;

public sealed partial class ColumnChecks
{
    /// <summary>Every value occurs in a column of other data, such as a foreign key among the keys.</summary>
    /// <param name="other">The other data; its column is read when a run starts.</param>
    /// <param name="column">The column there; whole numbers of any width are compared with each other, and times of any unit.</param>
    /// <remarks>The different values of the other column are held in memory; the check fails with a message where they exceed <see cref="CheckOptions.MemoryBudget"/>.</remarks>
    public ColumnChecks InDataset(Dataset other, string column)
    {
        ArgumentNullException.ThrowIfNull(other);
        return InDataset(new OtherDataset(other), column);
    }

    /// <summary>The newest time is not older than a span, by <see cref="CheckOptions.TimeProvider"/>, and not in the future. Without times it fails.</summary>
    /// <param name="maxAge">The greatest age; 0 or more.</param>
    /// <param name="clockSkew">How far in the future the newest time may be, since clocks differ. Default: five minutes.</param>
    public ColumnChecks Fresh(TimeSpan maxAge, TimeSpan? clockSkew = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, TimeSpan.Zero);
        var skew = clockSkew ?? FreshRule.DefaultClockSkew;
        ArgumentOutOfRangeException.ThrowIfLessThan(skew, TimeSpan.Zero, nameof(clockSkew));
        return Add(new FreshRule(_column, maxAge, skew));
    }

    /// <summary>The values are distributed as a baseline: no difference that is both evident and large enough to matter.</summary>
    /// <param name="baseline">Fitted on the column of the data to compare with, such as the training set.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <remarks>
    /// Missing values take part: that more are missing is a difference. All such checks of a run with equal options, and all segments of them, are
    /// corrected as one family. What was seen names the effect and the smallest one that samples of these sizes would show.
    /// </remarks>
    public ColumnChecks LikeBaseline(FittedReference baseline, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return Add(new LikeBaselineRule(_column, baseline, null, options ?? new DriftOptions()));
    }

    /// <summary>The values are distributed as those of the same column of other data, which is read when a run starts.</summary>
    /// <param name="baseline">The data to compare with, such as the training set; its column is held in memory while it is fitted.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    public ColumnChecks LikeBaseline(Dataset baseline, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return LikeBaseline(new OtherDataset(baseline), options);
    }

    internal ColumnChecks InDataset(OtherDataset other, string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        return Add(new InDatasetRule(_column, other, column));
    }

    internal ColumnChecks LikeBaseline(OtherDataset baseline, DriftOptions? options) =>
        Add(new LikeBaselineRule(_column, null, baseline, options ?? new DriftOptions()));
}
