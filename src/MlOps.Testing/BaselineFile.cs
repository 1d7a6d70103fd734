using MlOps.Data;

namespace MlOps.Testing;

/// <summary>Where a baseline is kept: beside the source file of its test.</summary>
/// <param name="Path">The whole path.</param>
/// <param name="CanWrite">Whether it is a place to write to: the sources are here.</param>
internal sealed record BaselineFile(string Path, bool CanWrite)
{
    /// <summary>Finds the place; where the sources are not, as on a machine that only runs what another built, it is the folder of the program.</summary>
    public static BaselineFile Find(string path, string sourceFile)
    {
        if (System.IO.Path.IsPathRooted(path))
        {
            return new BaselineFile(System.IO.Path.GetFullPath(path), CanWrite: true);
        }

        var folder = System.IO.Path.GetDirectoryName(sourceFile);
        var hasSources = !string.IsNullOrEmpty(folder) && System.IO.Path.IsPathRooted(folder) && Directory.Exists(folder);
        return new BaselineFile(System.IO.Path.GetFullPath(path, hasSources ? folder! : AppContext.BaseDirectory), hasSources);
    }

    /// <summary>Whether an environment variable says yes.</summary>
    public static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes a profile, and compares it with itself.</summary>
    public async Task<ProfileDrift> WriteAsync(DataProfile profile, ProfileBaselineOptions options, CancellationToken cancellationToken)
    {
        if (!CanWrite)
        {
            throw new AssertionFailedException(
                $"The profile of '{profile.Name}' has to be written, but the folder of the test's source is not on this machine: write it where the sources are, "
                + $"or give a whole path. Looked for: {Path}");
        }

        await profile.SaveAsync(Path, cancellationToken).ConfigureAwait(false);
        return profile.DriftFrom(profile, options.Drift);
    }
}
