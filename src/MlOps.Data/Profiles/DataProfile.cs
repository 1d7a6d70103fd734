using System.Diagnostics;
using System.Text;
using MlOps.Data.Profiles;
using MlOps.Reports;
using MlOps.Statistics;

namespace MlOps.Data;

/// <summary>What a data set looks like, column by column, from one pass in bounded memory. Immutable.</summary>
/// <remarks>
/// Profiles of parts, such as days, shards or windows, add up with <see cref="Merge"/>, and compare with <see cref="DriftFrom"/>.
/// </remarks>
[DebuggerDisplay("{Name}: {RowCount} rows, {Columns.Count} columns")]
public sealed class DataProfile
{
    private readonly DataProfileOptions _options;
    private readonly CorrelationTable? _correlations;

    internal DataProfile(
        string name, long rowCount, IEnumerable<ColumnSketch> columns, CorrelationTable? correlations, DataProfileOptions options)
    {
        (Name, RowCount, _correlations, _options) = (name, rowCount, correlations, options);
        Columns = [.. columns.Select(column => new ColumnProfile(column, options))];
        Correlations = [.. correlations?.Results() ?? []];
    }

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>How many rows were read.</summary>
    public long RowCount { get; }

    /// <summary>The columns, in the order of the data set.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>Each pair of numeric columns; empty unless <see cref="DataProfileOptions.Correlations"/> asked for them.</summary>
    public IReadOnlyList<ProfileCorrelation> Correlations { get; }

    internal CorrelationTable? CorrelationTable => _correlations;

    /// <summary>One column by name.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>.</exception>
    public ColumnProfile this[string column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(column);
            if (Columns.FirstOrDefault(own => own.Name == column) is { } found)
            {
                return found;
            }

            var nearest = NearestName.Of(column, Columns.Select(own => own.Name));
            throw new MlOpsException(
                ErrorCodes.ColumnNotFound,
                $"The profile of '{Name}' has no column '{column}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} "
                + $"Its columns are: {string.Join(", ", Columns.Select(own => own.Name))}.");
        }
    }

    /// <summary>
    /// The profile of the rows of both, such as two days; counts and ranges are exact, means are to rounding, estimates keep their bounds.
    /// </summary>
    /// <remarks>Correlations are kept when both have them.</remarks>
    /// <exception cref="ArgumentException">The columns differ in name or kind.</exception>
    public static DataProfile Merge(DataProfile left, DataProfile right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var others = right.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        if (left.Columns.Count != right.Columns.Count
            || left.Columns.Any(column => !others.TryGetValue(column.Name, out var other) || other.Type != column.Type))
        {
            throw new ArgumentException(
                $"The profiles of '{left.Name}' and '{right.Name}' have other columns or other kinds of values: profile the same columns of both.",
                nameof(right));
        }

        return new DataProfile(
            left.Name,
            left.RowCount + right.RowCount,
            left.Columns.Select(column => ColumnSketch.Merge(column.Sketch, others[column.Name].Sketch)),
            CorrelationTable.Merge(left._correlations, right._correlations),
            left._options);
    }

    /// <summary>Reads a profile that <see cref="SaveAsync"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How many frequent values and bins are listed; the sketches hold more. Null for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.FileNotFound"/>; <see cref="ErrorCodes.InvalidConfiguration"/>: it is from a newer release;
    /// <see cref="ErrorCodes.FileCorrupt"/> with the place.
    /// </exception>
    public static async Task<DataProfile> LoadAsync(
        string path, DataProfileOptions? options = null, CancellationToken cancellationToken = default)
    {
        var bytes = await JsonFile.LoadAsync(path, cancellationToken).ConfigureAwait(false);
        return ProfileFile.Read(bytes, $"The profile file '{Path.GetFullPath(path)}'", options ?? DataProfileOptions.Default);
    }

    /// <summary>Reads a profile from what <see cref="ToJson"/> gave.</summary>
    /// <param name="json">The profile.</param>
    /// <param name="options">How many frequent values and bins are listed; the sketches hold more. Null for the defaults.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.InvalidConfiguration"/>: it is from a newer release; <see cref="ErrorCodes.FileCorrupt"/> with the place.
    /// </exception>
    public static DataProfile FromJson(string json, DataProfileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ProfileFile.Read(Encoding.UTF8.GetBytes(json), "The profile", options ?? DataProfileOptions.Default);
    }

    /// <summary>Writes the profile as JSON, some ten kilobytes a column, whole or not at all; a file that is there is replaced.</summary>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) =>
        JsonFile.SaveAsync(path, ProfileFile.Write(this), cancellationToken);

    /// <summary>The profile as versioned JSON with its sketches, from which it reads back.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ProfileFile.Write(this));

    /// <summary>Compares with the profile of other data, such as that of the training set, from the two profiles alone.</summary>
    /// <remarks>
    /// Numbers are compared with the Kolmogorov–Smirnov test on their quantile sketches, whose own error is part of the answer; texts and
    /// booleans with a chi-squared test on the counts of their values, where these are exact; missing values with a test of two shares.
    /// Times are not compared: a moving clock is no drift. Use
    /// <see cref="DatasetDrift.DriftFromAsync(Dataset, FittedBaseline, DriftOptions?, CancellationToken)"/>
    /// where the rows are at hand: it sees more.
    /// </remarks>
    /// <param name="reference">What to compare with.</param>
    /// <param name="options">Significance, smallest effects and correction; null for the defaults.</param>
    public ProfileDrift DriftFrom(DataProfile reference, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return ProfileDrift.Compare(reference, this, options ?? new DriftOptions());
    }

    /// <summary>
    /// The profile as a document: a table of the columns, then each column's statistics, histogram, and most frequent values and patterns.
    /// </summary>
    public Report ToReport() => DataProfileReport.Full(this);

    /// <summary>A table of the columns as plain text, at most 120 characters wide.</summary>
    public string ToText() => DataProfileReport.Summary(this).ToText();

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
