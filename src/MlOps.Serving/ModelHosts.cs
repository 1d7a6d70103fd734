using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MlOps.Registry;
using MlOps.Storage;

namespace MlOps.Serving;

/// <summary>One host a reference, shared by all predictors that name it.</summary>
internal sealed class ModelHosts : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ModelHost>> _hosts = new(StringComparer.Ordinal);
    private readonly ModelLoader _loader;

    public ModelHosts(
        IModelRegistry registry,
        IBlobStore blobs,
        IEnumerable<IModelRuntime> runtimes,
        IOptions<ServingOptions> options,
        TimeProvider? time = null,
        ILoggerFactory? loggers = null)
    {
        Options = options.Value;
        Time = time ?? TimeProvider.System;
        Logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger(ServingTelemetry.Name);
        _loader = new ModelLoader(registry, blobs, runtimes, Options, Logger);
    }

    public ServingOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public ModelHost Get(ModelReference reference) => _hosts.GetOrAdd(
        reference.ToString(), _ => new Lazy<ModelHost>(() => new ModelHost(reference, _loader, Options, Time, Logger))).Value;

    public void Dispose()
    {
        foreach (var host in _hosts.Values)
        {
            host.Value.Close();
        }
    }
}
