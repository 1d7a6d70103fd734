using System.Globalization;
using MlOps.Storage;

namespace MlOps.Registry;

/// <summary>Registers models in a model store, with their files in a blob store and every change in an audit log.</summary>
/// <remarks>Safe from many threads; the stores decide how many processes may share them.</remarks>
public sealed class ModelRegistry : IModelRegistry
{
    private readonly IModelStore _store;
    private readonly TimeProvider _time;

    /// <summary>Creates a registry.</summary>
    public ModelRegistry(IModelStore store, IAuditLog audit, IBlobStore blobs, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(blobs);
        _store = store;
        Audit = audit;
        Blobs = blobs;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The history of what was done to models.</summary>
    public IAuditLog Audit { get; }

    /// <summary>Where the models' files lie.</summary>
    public IBlobStore Blobs { get; }

    /// <inheritdoc/>
    public async Task<ModelVersion> RegisterAsync(ModelRegistration registration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        CheckName(registration.Name);
        var package = await CheckAsync(registration.Name, registration.Package, cancellationToken).ConfigureAwait(false);
        var version = new ModelVersion
        {
            Name = registration.Name,
            Number = 0,
            Hash = ModelHash.Of(package),
            Package = package,
            CreatedAt = _time.GetUtcNow(),
            Lineage = registration.Lineage,
            Metrics = registration.Metrics,
            Description = registration.Description,
        };
        var origin = registration.Lineage.Run is { } run ? $" from run {run}" : string.Empty;
        return await _store.AddAsync(version, Entry(version.Name, null, "registered", $"Registered{origin}."), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ModelVersion?> FindAsync(ModelReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var number = reference.Number;
        if (reference.Alias is { } alias)
        {
            var standing = await FindAliasAsync(reference.Name, alias, cancellationToken).ConfigureAwait(false);
            if (standing is null)
            {
                return null;
            }

            number = standing.Version;
        }

        var versions = await _store.ListVersionsAsync(reference.Name, cancellationToken).ConfigureAwait(false);
        return number is null ? (versions.Count == 0 ? null : versions[0]) : versions.FirstOrDefault(version => version.Number == number);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(string? model = null, CancellationToken cancellationToken = default) =>
        _store.ListVersionsAsync(model, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModelAlias>> ListAliasesAsync(string? model = null, CancellationToken cancellationToken = default) =>
        _store.ListAliasesAsync(model, cancellationToken);

    /// <inheritdoc/>
    public Task<ModelAlias> MoveAliasAsync(
        string model, string alias, int version, int? expectedVersion, string reason, CancellationToken cancellationToken = default) =>
        MoveAliasAsync(model, alias, version, expectedVersion, "alias-moved", reason, cancellationToken);

    /// <summary>Moves an alias back to the version it stood for before its last move.</summary>
    /// <remarks>A second roll-back undoes the first. The audit log says which version that was.</remarks>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ModelNotFound"/>: the alias is not set, or never stood elsewhere; <see cref="ErrorCodes.AliasConflict"/>.
    /// </exception>
    public async Task<ModelAlias> RollBackAsync(string model, string alias, string reason, CancellationToken cancellationToken = default)
    {
        var standing = await FindAliasAsync(model, alias, cancellationToken).ConfigureAwait(false)
            ?? throw new MlOpsException(ErrorCodes.ModelNotFound, $"'{model}' has no alias '{alias}', so there is nothing to roll back.");
        var history = await Audit.ListAsync(model, cancellationToken).ConfigureAwait(false);
        var previous = history.Select(entry => AliasMove.Read(entry.Evidence))
            .LastOrDefault(move => move is not null && string.Equals(move.Alias, alias, StringComparison.Ordinal) && move.To == standing.Version)?.From
            ?? throw new MlOpsException(
                ErrorCodes.ModelNotFound,
                $"The alias '{alias}' of '{model}' stood for no version before {Text(standing.Version)}: move it to the version you want with MoveAliasAsync.");
        return await MoveAliasAsync(model, alias, previous, standing.Version, "rolled-back", reason, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<ModelAlias?> FindAliasAsync(string model, string alias, CancellationToken cancellationToken)
    {
        var aliases = await _store.ListAliasesAsync(model, cancellationToken).ConfigureAwait(false);
        return aliases.FirstOrDefault(standing => string.Equals(standing.Alias, alias, StringComparison.Ordinal));
    }

    internal AuditEntry Entry(string model, int? version, string action, string reason, string? evidence = null) => new()
    {
        At = _time.GetUtcNow(),
        Model = model,
        Version = version,
        Action = action,
        Reason = reason,
        Evidence = evidence,
        Actor = $"{Environment.UserName}@{Environment.MachineName}",
    };

    private static void CheckName(string name)
    {
        if (!ModelReference.IsName(name))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"'{name}' cannot name a model: use 1 to 250 letters, digits, '-', '_', '.' and inner spaces, such as 'flight-delays'.");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<ModelAlias> MoveAliasAsync(
        string model, string alias, int version, int? expected, string action, string reason, CancellationToken cancellationToken)
    {
        CheckName(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (!ModelReference.IsAlias(alias))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"'{alias}' cannot be an alias: use letters, digits, '-' and '_', such as 'champion'; 'latest' and names like 'v7' are kept for MLflow.");
        }

        var versions = await _store.ListVersionsAsync(model, cancellationToken).ConfigureAwait(false);
        if (versions.All(known => known.Number != version))
        {
            throw new MlOpsException(
                ErrorCodes.ModelNotFound,
                $"'{model}' has no version {Text(version)}"
                + (versions.Count == 0 ? ": register it first." : $"; its newest is {Text(versions[0].Number)}."));
        }

        var moved = new ModelAlias(model, alias, version, _time.GetUtcNow());
        var evidence = new AliasMove { Alias = alias, From = expected, To = version }.ToJson();
        if (await _store.MoveAliasAsync(moved, expected, Entry(model, version, action, reason, evidence), cancellationToken).ConfigureAwait(false))
        {
            return moved;
        }

        var standing = await FindAliasAsync(model, alias, cancellationToken).ConfigureAwait(false);
        throw new MlOpsException(
            ErrorCodes.AliasConflict,
            $"The alias '{alias}' of '{model}' was read at {(expected is { } read ? $"version {Text(read)}" : "no version")} and now stands for "
            + $"{(standing is null ? "none" : $"version {Text(standing.Version)} (moved at {standing.MovedAt:u})")}. "
            + $"Nothing was changed: look at that version, decide again, and move from where it stands now.");
    }

    private async Task<ModelPackage> CheckAsync(string model, ModelPackage package, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        var files = package.Files.Select(file => file with { Path = StoredFile.CheckPath(file.Path) })
            .OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        for (var i = 1; i < files.Count; i++)
        {
            if (string.Equals(files[i - 1].Path, files[i].Path, StringComparison.Ordinal))
            {
                throw new MlOpsException(ErrorCodes.InvalidName, $"The package of '{model}' has two files at '{files[i].Path}'.");
            }
        }

        var entryPoint = StoredFile.CheckPath(package.EntryPoint);
        if (files.All(file => !string.Equals(file.Path, entryPoint, StringComparison.Ordinal)))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"The entry point '{package.EntryPoint}' of '{model}' is none of its files: {string.Join(", ", files.Select(file => file.Path))}.");
        }

        foreach (var file in files)
        {
            if (!await Blobs.ExistsAsync(file.Hash, cancellationToken).ConfigureAwait(false))
            {
                throw new MlOpsException(
                    ErrorCodes.BlobNotFound,
                    $"The file '{file.Path}' ({file.Hash.Short}) of '{model}' is not in the blob store: add it with ModelPackageBuilder before registering.");
            }
        }

        return package with { Files = files, EntryPoint = entryPoint };
    }
}
