using MlOps.Data.Checks.Tables;

namespace MlOps.Data;

public sealed partial class DataChecksBuilder
{
    /// <summary>Opens the data that a check file names.</summary>
    internal Func<string, OtherDataset>? Open { get; init; }

    /// <summary>The data are those of another data set, row by row; what was seen names the rows and the cells that differ.</summary>
    /// <param name="other">What there should be; held in memory where there are keys.</param>
    /// <param name="keys">The columns by which a row finds its like, such as an id; none for rows in the same order.</param>
    /// <remarks>Both data sets are read once more at the end of a run. It is about all rows: no condition and no segments.</remarks>
    public DataChecksBuilder EqualTo(Dataset other, params IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return EqualTo(other, new DatasetDiffOptions { Keys = keys.Count == 0 ? [] : Names(keys) });
    }

    /// <summary>The data are those of another data set, row by row; what was seen names the rows and the cells that differ.</summary>
    /// <param name="other">What there should be.</param>
    /// <param name="options">Keys, tolerance and memory; how many examples are shown is for <see cref="CheckOptions.MaxExamples"/> to say.</param>
    public DataChecksBuilder EqualTo(Dataset other, DatasetDiffOptions options)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(options);
        return EqualTo(new OtherDataset(other), options);
    }

    /// <summary>There are as many rows as in another data set, whose rows are counted at the end of a run.</summary>
    public DataChecksBuilder SameRowCountAs(Dataset other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return SameRowCountAs(new OtherDataset(other));
    }

    internal DataChecksBuilder EqualTo(OtherDataset other, DatasetDiffOptions options) => options.Tolerance >= 0
        ? Add(new EqualToRule(other, options))
        : throw new ArgumentOutOfRangeException(nameof(options), options.Tolerance, "The tolerance has to be 0 or greater.");

    internal DataChecksBuilder SameRowCountAs(OtherDataset other) => Add(new SameRowCountRule(other));
}
