namespace MlOps.Tracking;

/// <summary>A commit checked out in a folder of its own, beside the person's own working tree.</summary>
internal sealed class Worktree
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    private const int ShortAnswer = 1 << 20;

    private readonly string _repository;

    private Worktree(string repository, string folder) => (_repository, Folder) = (repository, folder);

    /// <summary>Its root.</summary>
    public string Folder { get; }

    /// <summary>Whether a repository at hand has a commit.</summary>
    public static async Task<bool> HasCommitAsync(string repository, string commit, CancellationToken cancellationToken) =>
        Directory.Exists(repository)
        && await GitCommand.ReadAsync(repository, ["cat-file", "-e", commit + "^{commit}"], cancellationToken)
            .ConfigureAwait(false) is not null;

    /// <summary>Clones a repository without checking anything out; null, or what git said.</summary>
    public static async Task<string?> CloneAsync(string remote, string folder, CancellationToken cancellationToken)
    {
        var answer = await GitCommand.RunAsync(
            Path.GetTempPath(), ["clone", "--quiet", "--no-checkout", "--", remote, folder], ShortAnswer, Timeout, cancellationToken)
            .ConfigureAwait(false);
        return answer is { ExitCode: 0 } ? null : answer?.Error ?? "git did not answer";
    }

    /// <summary>Checks the commit of a plan out and applies its patch.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.NotReproducible"/>; the folder is then as it was.</exception>
    public static async Task<Worktree> CreateAsync(
        ReproductionPlan plan, string repository, string folder, CancellationToken cancellationToken)
    {
        var tree = new Worktree(repository, folder);
        try
        {
            await RunAsync(
                repository, "its commit cannot be checked out", ["worktree", "add", "--quiet", "--detach", folder, plan.Commit])
                    .ConfigureAwait(false);
            if (plan.Patch is { } patch)
            {
                var file = folder + ".diff";
                await File.WriteAllBytesAsync(file, patch, cancellationToken).ConfigureAwait(false);
                await RunAsync(folder, "its uncommitted changes cannot be applied to its commit", ["apply", "--whitespace=nowarn", file])
                    .ConfigureAwait(false);
                File.Delete(file);
            }

            return tree;
        }
        catch
        {
            await tree.RemoveAsync().ConfigureAwait(false);
            throw;
        }

        async Task RunAsync(string place, string problem, string[] arguments)
        {
            var answer = await GitCommand.RunAsync(place, arguments, ShortAnswer, Timeout, cancellationToken).ConfigureAwait(false);
            if (answer is not { ExitCode: 0 })
            {
                throw ReproductionPlan.Refusal(plan.Run.Info.Id, $"{problem}, as git says: {answer?.Error ?? "nothing in time"}");
            }
        }
    }

    /// <summary>Takes it away again, from the disk and from the repository's list.</summary>
    public async Task RemoveAsync()
    {
        await GitCommand.RunAsync(
            _repository, ["worktree", "remove", "--force", Folder], ShortAnswer, Timeout, CancellationToken.None).ConfigureAwait(false);
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
            await GitCommand.RunAsync(_repository, ["worktree", "prune"], ShortAnswer, Timeout, CancellationToken.None)
                .ConfigureAwait(false);
        }
    }
}
