using System.Globalization;
using System.Runtime.CompilerServices;
using MlOps.Data;
using MlOps.Statistics;

namespace MlOps.Testing;

/// <content>Profiles that are kept beside the tests.</content>
public static partial class DataAssert
{
    /// <summary>Passes when the data look as when their profile was put into a file: the same columns, values that did not drift, no more missing.</summary>
    /// <remarks>
    /// <para>
    /// The first run writes the file, which belongs under version control; on a build server (<c>CI=true</c>) a file that is not there is a
    /// failure. After a change that was meant, <c>dotnet test -e MLOPS_UPDATE_BASELINES=1</c> writes it anew.
    /// </para>
    /// <para>
    /// Compared as <see cref="DataProfile.DriftFrom"/> does: a difference counts when there is evidence for it and it is large enough, so that a
    /// sample of other rows from the same source passes. Columns of texts with more than 256 values, and of times, are compared by their kind and
    /// missing values alone; few rows are little evidence.
    /// </para>
    /// </remarks>
    /// <param name="dataset">The data; read once.</param>
    /// <param name="path">The profile file (JSON); relative to the folder of the source file that calls.</param>
    /// <param name="options">When a difference counts, and whether to write; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <param name="sourceFile">Filled in by the compiler: the file that calls.</param>
    /// <returns>The comparison; with itself where the profile was written.</returns>
    /// <exception cref="AssertionFailedException">
    /// The data differ, have no row, or the file has to be there and is not; the message lists each difference.
    /// </exception>
    /// <exception cref="MlOpsException">
    /// The data could not be read; <see cref="ErrorCodes.FileCorrupt"/> or <see cref="ErrorCodes.InvalidConfiguration"/>: the file is damaged or
    /// of a newer release.
    /// </exception>
    public static async Task<ProfileDrift> MatchesProfileAsync(
        Dataset dataset,
        string path,
        ProfileBaselineOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new ProfileBaselineOptions();
        var file = BaselineFile.Find(path, sourceFile);
        var profile = await dataset.ProfileAsync(options.Profile, cancellationToken).ConfigureAwait(false);
        if (profile.RowCount == 0)
        {
            throw new AssertionFailedException($"'{dataset.Name}' has no row, so that nothing shows that it is as its profile '{file.Path}' says.");
        }

        if (options.Update ?? BaselineFile.IsSet(ProfileBaselineOptions.UpdateVariable))
        {
            return await file.WriteAsync(profile, options, cancellationToken).ConfigureAwait(false);
        }

        if (!File.Exists(file.Path))
        {
            return options.MustExist ?? BaselineFile.IsSet("CI")
                ? throw new AssertionFailedException(
                    $"The profile '{file.Path}' of '{dataset.Name}' is not there: run the test where CI is not set, which writes it, and commit the file.")
                : await file.WriteAsync(profile, options, cancellationToken).ConfigureAwait(false);
        }

        var baseline = await DataProfile.LoadAsync(file.Path, options.Profile, cancellationToken).ConfigureAwait(false);
        var drift = profile.DriftFrom(baseline, options.Drift);
        return drift.HasDrift ? throw new AssertionFailedException(Differences(drift, baseline, profile, file.Path)) : drift;
    }

    private static string Differences(ProfileDrift drift, DataProfile baseline, DataProfile profile, string path)
    {
        var found = drift.Findings.Where(finding => finding.Decision == SketchDecision.Drift).ToList();
        var headline = string.Create(
            CultureInfo.InvariantCulture,
            $"'{profile.Name}' ({profile.RowCount:#,0} rows) is not as its profile says ({baseline.RowCount:#,0} rows): {found.Count} of {drift.Findings.Count} comparisons differ.");
        var table = FailureText.Of(
            headline,
            ["column", "compared", "effect", "p-value", "finding"],
            [.. found.Select(finding => (IReadOnlyList<string>)
                [finding.Column, finding.Aspect, Interval(finding.Effect), Interval(finding.PValue), finding.Explanation])]);
        return $"{table}\nIf the data are right, write the profile anew and commit it: dotnet test -e {ProfileBaselineOptions.UpdateVariable}=1 writes {path}";
    }

    private static string Interval(StatisticInterval interval)
    {
        var (lower, upper) = (Short(interval.Lower), Short(interval.Upper));
        return double.IsNaN(interval.Lower) ? "" : lower == upper ? lower : $"{lower} to {upper}";
    }

    private static string Short(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
