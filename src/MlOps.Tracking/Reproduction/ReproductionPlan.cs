using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Everything that is needed to run a run again, checked to be there.</summary>
internal sealed partial record ReproductionPlan
{
    public required RunDetails Run { get; init; }

    /// <summary>A repository that has the commit; null when the remote has to be cloned.</summary>
    public required string? Repository { get; init; }

    public required string Commit { get; init; }

    /// <summary>The uncommitted changes; null when there were none.</summary>
    public required byte[]? Patch { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The data versions that the run said it read.</summary>
    public required IReadOnlyList<DataVersion> Inputs { get; init; }

    /// <summary>What may make a difference although nothing stands against a try.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Checks all that can be checked without changing anything.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.NotReproducible"/>, with every reason.</exception>
    public static async Task<ReproductionPlan> MakeAsync(
        RunDetails run, IDataVersionStore data, IBlobStore blobs, ReproductionOptions options, CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        List<string> notes = [];
        var snapshot = run.Snapshot;
        if (run.Info.Status == RunStatus.Running)
        {
            reasons.Add("it is still running, so that there is nothing yet to compare with: wait for its end");
        }

        var repository = await FindRepositoryAsync(snapshot, options, reasons, cancellationToken).ConfigureAwait(false);
        var patch = await ReadPatchAsync(run, blobs, reasons, notes, cancellationToken).ConfigureAwait(false);
        var arguments = options.Arguments ?? snapshot.Arguments;
        if (arguments.FirstOrDefault(argument => argument.Contains(SecretMask.Mask, StringComparison.Ordinal)) is { } masked)
        {
            reasons.Add($"its argument '{masked}' was masked when it was recorded: give the program's arguments anew");
        }

        if (snapshot.GitSubfolder is null && snapshot.GitRoot is not null)
        {
            notes.Add("it was started outside of its repository: here it starts in the repository's root");
        }

        var inputs = new Dictionary<string, DataVersion>(StringComparer.Ordinal);
        foreach (var (role, reference) in run.Inputs)
        {
            if (Reference().Match(reference) is not { Success: true } match)
            {
                notes.Add($"input '{role}' is '{reference}', which is no data version of this workspace and cannot be verified");
            }
            else if (await FindInputAsync(role, match, data, blobs, reasons, cancellationToken).ConfigureAwait(false) is { } version)
            {
                inputs[version.Reference] = version;
            }
        }

        return reasons.Count == 0
            ? new ReproductionPlan
            {
                Run = run,
                Repository = repository,
                Commit = snapshot.GitCommit!,
                Patch = patch,
                Arguments = arguments,
                Inputs = [.. inputs.Values],
                Notes = notes,
            }
            : throw Refusal(run.Info.Id, string.Join("; ", reasons));
    }

    /// <summary>Says why nothing was run.</summary>
    public static MlOpsException Refusal(RunId run, string reasons) =>
        new(ErrorCodes.NotReproducible, $"Run {run} cannot be reproduced: {reasons}. Nothing was run.");

    private static async Task<string?> FindRepositoryAsync(
        RunSnapshot snapshot, ReproductionOptions options, List<string> reasons, CancellationToken cancellationToken)
    {
        if (snapshot.GitCommit is not { } commit || !Commits().IsMatch(commit))
        {
            reasons.Add("it was not started in a git repository, so that its code is not known");
            return null;
        }

        string?[] places = options.Repository is { } chosen ? [chosen] : [snapshot.GitRoot, Environment.CurrentDirectory];
        foreach (var place in places)
        {
            if (place is not null && await Worktree.HasCommitAsync(place, commit, cancellationToken).ConfigureAwait(false))
            {
                return Path.GetFullPath(place);
            }
        }

        if (options.Repository is not null || snapshot.GitRemote is null)
        {
            var searched = string.Join(" nor ", places.Where(place => place is not null).Select(place => $"in '{place}'"));
            reasons.Add($"its commit {commit} is not {searched}, and "
                + (snapshot.GitRemote is { } remote ? $"its remote '{remote}' was not asked" : "it had no remote to clone"));
        }

        return null;
    }

    private static async Task<byte[]?> ReadPatchAsync(
        RunDetails run, IBlobStore blobs, List<string> reasons, List<string> notes, CancellationToken cancellationToken)
    {
        if (run.Artifacts.FirstOrDefault(file => file.Path == UncommittedDiff.ArtifactPath) is not { } artifact)
        {
            if (run.Snapshot.GitDirty)
            {
                reasons.Add("tracked files were changed and the changes were not kept (TrackingOptions.MaximumDiffBytes)");
            }

            return null;
        }

        try
        {
            using var bytes = new MemoryStream();
            var content = await blobs.OpenReadAsync(artifact.Hash, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                await content.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            }

            var text = Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            if (UncommittedDiff.IsCut(text))
            {
                reasons.Add("its uncommitted changes were larger than the tracker keeps (TrackingOptions.MaximumDiffBytes)");
            }

            notes.AddRange(UncommittedDiff.LeftOut(text).Select(file => $"a file that git did not know is not there: {file}"));
            return UncommittedDiff.HasChanges(text) ? bytes.ToArray() : null;
        }
        catch (MlOpsException error) when (error.Code is ErrorCodes.BlobNotFound or ErrorCodes.BlobCorrupt)
        {
            reasons.Add($"its uncommitted changes cannot be read: {error.Message}");
            return null;
        }
    }

    private static async Task<DataVersion?> FindInputAsync(
        string role, Match reference, IDataVersionStore data, IBlobStore blobs, List<string> reasons, CancellationToken cancellationToken)
    {
        var (name, number, hash) = (reference.Groups[1].Value, reference.Groups[2].Value, reference.Groups[3].Value);
        var version = await data.FindAsync(name, int.Parse(number, CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        if (version is null)
        {
            reasons.Add($"input '{role}' is the data version {name}@{number}, which the workspace does not have");
            return null;
        }

        if (!string.Equals(version.Hash.Value, hash, StringComparison.Ordinal))
        {
            reasons.Add($"input '{role}' was {name}@{number} with the content {hash[..12]}; the workspace's has {version.Hash.Short}");
            return null;
        }

        foreach (var file in version.Files)
        {
            if (!await blobs.ExistsAsync(file.Hash, cancellationToken).ConfigureAwait(false))
            {
                reasons.Add($"input '{role}' ({version.Reference}) lacks the bytes of its file '{file.Path}'");
                return null;
            }
        }

        return version;
    }

    [GeneratedRegex("^(.+)@([0-9]{1,9}) sha256:([0-9a-f]{64})$", RegexOptions.None, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("^[0-9a-f]{7,64}$", RegexOptions.None, 1000)]
    private static partial Regex Commits();
}
