using System.Reflection;
using System.Runtime.CompilerServices;
using MlOps.Conformance;
using MlOps.Data.Tests.Checks;
using MlOps.LocalFiles.Tests;
using MlOps.MicrosoftML.Tests;
using MlOps.Onnx.Tests;
using MlOps.Sqlite.Tests;
using MlOps.Testing.Tests;

namespace Architecture.Tests;

/// <summary>What the classes of <c>tests/Conformance</c> test, seen from the objects that they are given.</summary>
public sealed class ConformanceTests
{
    private const string Factory = "CreateAsync";

    // Contracts that need no class of their own, each with its reason.
    private static readonly Dictionary<string, string> WithoutClass = new(StringComparer.Ordinal)
    {
        ["IMlOpsBuilder"] = "wiring, without behaviour",
        ["IDatasetFormat"] = "names extensions and makes a source",
        ["IDatasetSource"] = "each format has rules of its own for what it cannot read",
        ["IExperimentTracker"] = "one implementation, over the stores",
        ["IRun"] = "one implementation, over the stores",
        ["IModelRegistry"] = "one implementation, over the stores",
        ["IFeatureStore"] = "one implementation, over the online store",
        ["IPipelineRunner"] = "one implementation, over the stores",
        ["IModelMonitor"] = "one implementation, over the stores",
        ["IPredictor`2"] = "one implementation, over an engine",
        ["IModel"] = "made and tested through its runtime",
        ["IModelSession"] = "made and tested through its runtime",
    };

    // Where implementations derive the classes. A provider whose tests are missing here fails the test below.
    private static readonly Assembly[] TestAssemblies =
    [
        typeof(SqliteRunStoreTests).Assembly, typeof(LocalBlobStoreTests).Assembly, typeof(InMemoryRunStoreTests).Assembly,
        typeof(OnnxRuntimeTests).Assembly, typeof(MicrosoftMLRuntimeTests).Assembly, typeof(JsonLinesMetricHistoryTests).Assembly,
    ];

    private static readonly IReadOnlyList<Type> _classes =
        [.. typeof(BlobStoreConformance).Assembly.GetTypes().Where(type => type.IsAbstract && type.GetMethod(Factory, Members) is not null)];

    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    [Fact]
    public void Every_contract_has_a_class_or_a_reason_why_not()
    {
        var contracts = SdkAssemblies.PublicTypes.Where(type => type.IsInterface && type.Assembly.GetName().Name == "MlOps.Abstractions");

        Assert.Equal(
            contracts.Select(type => type.Name).Order(StringComparer.Ordinal),
            _classes.SelectMany(ContractsOf).Select(type => type.Name).Concat(WithoutClass.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_implementation_of_a_contract_derives_its_class()
    {
        var tested = new HashSet<(string Contract, string Implementation)>();
        foreach (var test in TestAssemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.IsAbstract && _classes.Contains(type.BaseType!)))
        {
            var instance = Activator.CreateInstance(test)!;
            try
            {
                var objects = await ObjectsOfAsync(instance);
                tested.UnionWith(ContractsOf(test.BaseType!).Zip(objects, (contract, made) => (contract.FullName!, made.GetType().FullName!)));
            }
            finally
            {
                (instance as IDisposable)?.Dispose();
            }
        }

        var contracts = _classes.SelectMany(ContractsOf).Select(contract => contract.FullName!).ToHashSet(StringComparer.Ordinal);
        var implemented =
            from type in SdkAssemblies.Types
            where type is { IsClass: true, IsAbstract: false }
            from contract in type.GetInterfaces()
            where contracts.Contains(contract.FullName ?? "")
            select (Contract: contract.FullName!, Implementation: type.FullName!);
        Assert.NotEmpty(tested);
        Assert.Equal(implemented.Order(), tested.Order());
    }

    /// <summary>The interfaces that a class is given to test: the result of its factory, or the parts of that.</summary>
    private static Type[] ContractsOf(Type conformance)
    {
        var result = conformance.GetMethod(Factory, Members)!.ReturnType.GenericTypeArguments[0];
        return result.IsInterface ? [result] : result.GenericTypeArguments;
    }

    private static async Task<object[]> ObjectsOfAsync(object test)
    {
        var task = (Task)test.GetType().GetMethod(Factory, Members)!.Invoke(test, null)!;
        await task;
        var result = task.GetType().GetProperty("Result")!.GetValue(task)!;
        return result is ITuple parts ? [.. Enumerable.Range(0, parts.Length).Select(i => parts[i]!)] : [result];
    }
}
