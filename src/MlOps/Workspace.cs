using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps;

/// <summary>Everything in one object, for scripts, notebooks, tests and the command line: the same services that <c>AddMlOps</c> wires.</summary>
/// <remarks>Safe to share between threads; several processes may have the same workspace open. Dispose it to flush what is buffered.</remarks>
[DebuggerDisplay("{Folder}")]
public sealed class Workspace : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Workspace(ServiceProvider services) => _services = services;

    /// <summary>Where it lies.</summary>
    public WorkspaceFolder Folder => _services.GetRequiredService<WorkspaceFolder>();

    /// <summary>Data versions.</summary>
    public DataVersions Data => _services.GetRequiredService<DataVersions>();

    /// <summary>Experiments and runs.</summary>
    public IExperimentTracker Tracking => _services.GetRequiredService<IExperimentTracker>();

    /// <summary>Registered models.</summary>
    public ModelRegistry Registry => _services.GetRequiredService<ModelRegistry>();

    /// <summary>Features, for training and online.</summary>
    public IFeatureStore Features => _services.GetRequiredService<IFeatureStore>();

    /// <summary>Runs pipelines.</summary>
    public IPipelineRunner Pipelines => _services.GetRequiredService<IPipelineRunner>();

    /// <summary>Watches served models.</summary>
    public IModelMonitor Monitoring => _services.GetRequiredService<IModelMonitor>();

    /// <summary>The objects that all capabilities share.</summary>
    public IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    /// <summary>All services, such as the predictors that were added.</summary>
    public IServiceProvider Services => _services;

    /// <summary>A service that was added, such as a predictor.</summary>
    /// <param name="key">Its key, such as a model reference; null for the one without a key.</param>
    /// <exception cref="InvalidOperationException">It was not added.</exception>
    public T Service<T>(string? key = null)
        where T : notnull => key is null ? _services.GetRequiredService<T>() : _services.GetRequiredKeyedService<T>(key);

    /// <summary>Runs a recorded run again in a folder of its own, from what it recorded, and compares the results.</summary>
    /// <inheritdoc cref="RunReproducer.ReproduceAsync"/>
    public Task<RunReproduction> ReproduceAsync(
        RunId run, ReproductionOptions? options = null, CancellationToken cancellationToken = default) =>
        _services.GetRequiredService<RunReproducer>().ReproduceAsync(run, options, cancellationToken);

    /// <summary>Opens the workspace of a folder, creating it where there is none.</summary>
    /// <param name="path">
    /// The folder that holds <c>.mlops</c>; null takes the nearest at or above the current directory, else a new one in it.
    /// </param>
    /// <param name="configure">Adds engines, predictors and monitors, or chooses other stores.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.StorageReadOnly"/>, <see cref="ErrorCodes.WorkspaceNewer"/>, <see cref="ErrorCodes.StorageCorrupt"/>, and
    /// <see cref="ErrorCodes.InvalidConfiguration"/> for an option that is not allowed.
    /// </exception>
    public static Workspace Open(string? path = null, Action<IMlOpsBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddMlOps(configure, path);
        var provider = services.BuildServiceProvider();
        try
        {
            // What a host does when it starts.
            provider.GetRequiredService<IStartupValidator>().Validate();
            _ = provider.GetRequiredService<WorkspaceFolder>();
            return new Workspace(provider);
        }
        catch (Exception error)
        {
            provider.Dispose();
            if (error is OptionsValidationException or AggregateException)
            {
                throw new MlOpsException(ErrorCodes.InvalidConfiguration, error.Message, error);
            }

            throw;
        }
    }

    /// <summary>Opens a workspace that must be there already.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.WorkspaceNotFound"/>, and those of <see cref="Open"/>.</exception>
    public static Workspace OpenExisting(string? path = null, Action<IMlOpsBuilder>? configure = null)
    {
        var folder = WorkspaceFolder.Find(path) ?? throw new MlOpsException(
            ErrorCodes.WorkspaceNotFound,
            $"There is no workspace {(path is null ? "at or above" : "in")} '{System.IO.Path.GetFullPath(path ?? ".")}' "
            + $"(no {WorkspaceFolder.FolderName} folder). Run the command where the workspace lies, or name its folder.");
        return Open(folder.Path, configure);
    }

    /// <summary>Flushes what is buffered and closes the stores.</summary>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
