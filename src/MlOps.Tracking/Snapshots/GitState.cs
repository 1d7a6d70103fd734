namespace MlOps.Tracking;

/// <summary>What git says about the working directory.</summary>
internal sealed record GitState(string? Commit, string? Branch, string? Remote, bool Dirty)
{
    public static GitState None { get; } = new(null, null, null, false);

    /// <summary>The full path of the working tree.</summary>
    public string? Root { get; init; }

    /// <summary>The folder that was asked about below the root, with <c>/</c>.</summary>
    public string? Subfolder { get; init; }

    /// <summary>Asks about a folder, and about a second one where the first is in no repository.</summary>
    public static async Task<GitState> ReadAsync(string folder, string otherwise, CancellationToken cancellationToken)
    {
        var state = await ReadAsync(folder, cancellationToken).ConfigureAwait(false);
        if (state.Root is not null || string.Equals(folder, otherwise, StringComparison.Ordinal) || !Directory.Exists(otherwise))
        {
            return state;
        }

        // The working directory is not below this root, so that it has no place in a copy of it.
        return await ReadAsync(otherwise, cancellationToken).ConfigureAwait(false) with { Subfolder = null };
    }

    /// <summary>Asks the <c>git</c> executable; nothing where it is missing, slow, or the folder is no repository.</summary>
    public static async Task<GitState> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        // All at once: a process costs milliseconds, and a run must not start slowly.
        var status = GitCommand.ReadAsync(folder, ["status", "--porcelain=v2", "--branch", "--untracked-files=no"], cancellationToken);
        var remote = GitCommand.ReadAsync(folder, ["config", "--get", "remote.origin.url"], cancellationToken);
        var place = GitCommand.ReadAsync(folder, ["rev-parse", "--show-toplevel", "--show-prefix"], cancellationToken);
        if (await status.ConfigureAwait(false) is not { } text)
        {
            return None;
        }

        var state = Parse(text, await remote.ConfigureAwait(false));
        return (await place.ConfigureAwait(false))?.Split('\n') is [{ Length: > 0 } root, var prefix, ..]
            ? state with { Root = Path.GetFullPath(root), Subfolder = prefix.TrimEnd('/') }
            : state;
    }

    /// <summary>Reads <c>git status --porcelain=v2 --branch</c>.</summary>
    internal static GitState Parse(string status, string? remote)
    {
        string? commit = null, branch = null;
        var dirty = false;
        foreach (var line in status.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("# branch.oid ", StringComparison.Ordinal))
            {
                commit = line["# branch.oid ".Length..] is var oid && oid != "(initial)" ? oid : null;
            }
            else if (line.StartsWith("# branch.head ", StringComparison.Ordinal))
            {
                branch = line["# branch.head ".Length..] is var head && head != "(detached)" ? head : null;
            }
            else if (line[0] != '#')
            {
                dirty = true;
            }
        }

        return new GitState(commit, branch, string.IsNullOrWhiteSpace(remote) ? null : SecretMask.StripUserInfo(remote.Trim()), dirty);
    }
}
